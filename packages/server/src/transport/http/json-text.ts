import { MAX_NUMBER_BYTES, writeNumber } from './number-text.ts'

/**
 * JSON of a plain object, in ASCII; arrays of doubles come as JSON arrays. Numbers in bulk take a fraction of the time
 * that way, and they are nearly all of an answer with graph data. A text it is, as bytes are memory outside of the
 * heap, which makes V8 collect garbage again and again.
 *
 * @param value finite numbers only, as everything that is stored; what is undefined is left out
 */
export function jsonText(value: object): string {
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

  end(): string {
    return this.#bytes.toString('latin1', 0, this.#at)
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
    const ascii = text.replaceAll(BEYOND_ASCII, escaped)
    this.#reserve(ascii.length)
    this.#at += this.#bytes.write(ascii, this.#at, 'latin1')
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(2 * (this.#at + bytes))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}

/** Units and names: a single such character would make all of the text one of two bytes a character. */
const BEYOND_ASCII = /[\u0080-\uffff]/g

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Neither an array nor anything that knows its own JSON. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
