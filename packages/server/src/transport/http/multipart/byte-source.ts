/** What `readUntil` found; the bytes are valid only until the next call. */
export interface Line {
  /** What comes before the mark, or before the end of the source. */
  readonly bytes: Buffer
  readonly ended: 'mark' | 'source' | 'limit'
}

/** Pulls chunks from a source one at a time, and takes back what was read too far. Never copies a chunk. */
export class ByteSource {
  readonly #iterator: AsyncIterator<Uint8Array>
  #returned: Buffer | null = null

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#iterator = source[Symbol.asyncIterator]()
  }

  /** The next bytes, non-empty; null at the end of the source. */
  async next(): Promise<Buffer | null> {
    if (this.#returned !== null) {
      const chunk = this.#returned
      this.#returned = null
      return chunk
    }
    for (;;) {
      const { done, value } = await this.#iterator.next()
      if (done === true) return null
      if (value.length > 0) {
        return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.length)
      }
    }
  }

  /** Puts back the rest of the chunk that `next` gave last. */
  unread(rest: Buffer): void {
    this.#returned = rest.length > 0 ? rest : null
  }

  /** Tells the source that nothing more is wanted of it. */
  async close(): Promise<void> {
    await this.#iterator.return?.()
  }

  /**
   * Reads to behind the mark into `room`, whose first `filled` bytes count as read already. The mark may begin
   * in those. When it isn't found within the room, or before the source ends, everything read is gone.
   */
  async readUntil(mark: string, room: Buffer, filled = 0): Promise<Line> {
    let length = filled
    for (;;) {
      const chunk = await this.next()
      if (chunk === null) return { bytes: room.subarray(0, length), ended: 'source' }
      const taken = chunk.copy(room, length)
      const found = room.subarray(0, length + taken).indexOf(mark, Math.max(0, length - mark.length + 1))
      if (found !== -1) {
        this.unread(chunk.subarray(found + mark.length - length))
        return { bytes: room.subarray(0, found), ended: 'mark' }
      }
      length += taken
      if (length === room.length) return { bytes: room, ended: 'limit' }
    }
  }
}
