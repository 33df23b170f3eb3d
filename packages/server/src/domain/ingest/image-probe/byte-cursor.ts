/** A computation over bytes that come in chunks: it yields where it wants the next one. */
export type Reading<Result> = Generator<undefined, Result, undefined>

/** A place in a stream of bytes. Each method moves on by what it reads; only the chunk at hand is kept. */
export class ByteCursor {
  #chunk: Buffer = Buffer.alloc(0)
  #at = 0

  /** Gives the next chunk to a reading that has used up the last one. */
  feed(chunk: Buffer): void {
    this.#chunk = chunk
    this.#at = 0
  }

  /** The next `count` bytes, valid until the reading goes on. */
  *take(count: number): Reading<Buffer> {
    if (this.#chunk.length - this.#at >= count) {
      this.#at += count
      return this.#chunk.subarray(this.#at - count, this.#at)
    }
    const bytes = Buffer.alloc(count)
    for (let filled = 0; filled < count;) {
      if (this.#at === this.#chunk.length) yield
      const copied = this.#chunk.copy(bytes, filled, this.#at)
      filled += copied
      this.#at += copied
    }
    return bytes
  }

  *skip(count: number): Reading<void> {
    for (let left = count; left > 0;) {
      if (this.#at === this.#chunk.length) yield
      const step = Math.min(left, this.#chunk.length - this.#at)
      this.#at += step
      left -= step
    }
  }

  /**
   * Goes to where `find` says and gives the byte before. `find` gets a chunk and where to begin in it, and
   * gives the index behind what it looks for, or -1 when that isn't in this chunk.
   */
  *scan(find: (chunk: Buffer, from: number) => number): Reading<number> {
    for (;;) {
      const end = find(this.#chunk, this.#at)
      if (end !== -1) {
        this.#at = end
        return this.#chunk.readUInt8(end - 1)
      }
      this.#at = this.#chunk.length
      yield
    }
  }
}
