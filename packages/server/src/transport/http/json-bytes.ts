import { MAX_NUMBER_BYTES, writeNumber } from './number-text.ts'

/**
 * What `JSON.stringify` says of a plain object, as bytes; arrays of doubles come as JSON arrays. Numbers in bulk take
 * a tenth of the time that way, and they are nearly all of an answer with graph data.
 *
 * @param value finite numbers only, as everything that is stored; what is undefined is left out
 */
export function jsonBytes(value: object): Buffer {
  const writer = new JsonWriter()
  writer.value(value)
  return writer.end()
}

/** Where answers are put together: one at a time, as nothing waits in between. Kept, as long as it's of this size. */
const ROOM_BYTES = 256 * 1024
let room: Buffer | null = null

class JsonWriter {
  #bytes = (room ??= Buffer.allocUnsafeSlow(ROOM_BYTES))
  #at = 0

  value(value: unknown): void {
    if (value instanceof Float64Array) this.#numbers(value)
    else if (isPlain(value)) this.#object(value)
    else this.#text(JSON.stringify(value))
  }

  end(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#at))
  }

  #object(object: object): void {
    let separator = '{'
    for (const [key, value] of Object.entries(object)) {
      if (value === undefined) continue
      this.#text(`${separator}${JSON.stringify(key)}:`)
      this.value(value)
      separator = ','
    }
    this.#text(separator === '{' ? '{}' : '}')
  }

  #numbers(numbers: Float64Array): void {
    this.#reserve(numbers.length * (MAX_NUMBER_BYTES + 1) + 2)
    const bytes = this.#bytes
    let at = this.#at
    bytes[at++] = 0x5b
    for (let index = 0; index < numbers.length; index++) {
      if (index > 0) bytes[at++] = 0x2c
      at = writeNumber(bytes, at, numbers[index] ?? 0)
    }
    bytes[at++] = 0x5d
    this.#at = at
  }

  #text(text: string): void {
    this.#reserve(text.length * 3)
    this.#at += this.#bytes.write(text, this.#at)
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(2 * (this.#at + bytes))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}

/** Neither an array nor anything that knows its own JSON. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
