import type { ByteSource } from './byte-source.ts'

const CARRIAGE_RETURN = 13

/**
 * Reads from a source up to the delimiter `CR LF -- boundary`, across chunk borders, without copying.
 * It looks for the whole delimiter with a native search. Only where a chunk ends with the beginning of one are
 * those few bytes held back; as a delimiter has a single CR, its first byte, what was held back either
 * continues as the delimiter or is content to the last byte.
 */
export class DelimitedReader {
  readonly #source: ByteSource
  readonly #delimiter: Buffer
  #held = 0

  /** Begins as if a CR LF had been read: the first delimiter of a body may be its first bytes. */
  constructor(source: ByteSource, boundary: string) {
    this.#source = source
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1')
    this.#held = 2
  }

  /**
   * The next bytes before the delimiter, non-empty; `'delimiter'` when it comes next (it is then read, and
   * the call after that begins behind it); `'end'` when the source ends without it.
   */
  async next(): Promise<Buffer | 'delimiter' | 'end'> {
    for (;;) {
      const chunk = await this.#source.next()
      if (chunk === null) return 'end'
      const step = this.#held > 0 ? this.#resume(chunk) : this.#search(chunk)
      if (step !== null) return step
    }
  }

  /** Whether the chunk goes on with the delimiter that the last one began. Null: so far, and not yet whole. */
  #resume(chunk: Buffer): Buffer | 'delimiter' | null {
    const length = Math.min(chunk.length, this.#delimiter.length - this.#held)
    if (chunk.compare(this.#delimiter, this.#held, this.#held + length, 0, length) === 0) {
      this.#held += length
      if (this.#held < this.#delimiter.length) return null
      this.#held = 0
      this.#source.unread(chunk.subarray(length))
      return 'delimiter'
    }
    const content = Buffer.from(this.#delimiter.subarray(0, this.#held))
    this.#held = 0
    this.#source.unread(chunk)
    return content
  }

  #search(chunk: Buffer): Buffer | 'delimiter' | null {
    const found = chunk.indexOf(this.#delimiter)
    if (found === 0) {
      this.#source.unread(chunk.subarray(this.#delimiter.length))
      return 'delimiter'
    }
    if (found > 0) {
      this.#source.unread(chunk.subarray(found))
      return chunk.subarray(0, found)
    }
    const tail = chunk.subarray(Math.max(0, chunk.length - this.#delimiter.length + 1))
    const start = tail.lastIndexOf(CARRIAGE_RETURN)
    if (start === -1) return chunk
    const length = tail.length - start
    if (tail.compare(this.#delimiter, 0, length, start) !== 0) return chunk
    this.#held = length
    return chunk.length === length ? null : chunk.subarray(0, chunk.length - length)
  }
}
