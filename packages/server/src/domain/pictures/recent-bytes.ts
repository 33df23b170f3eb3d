/** Remembers the bytes used last, up to a total length. */
export class RecentBytes {
  readonly #capacity: number
  /** In the order of their last use. */
  readonly #entries = new Map<string, Uint8Array>()
  #bytes = 0

  /** @param capacity bytes */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** null when they are not remembered (any more). */
  get(key: string): Uint8Array | null {
    const bytes = this.#entries.get(key)
    if (bytes === undefined) return null
    this.#entries.delete(key)
    this.#entries.set(key, bytes)
    return bytes
  }

  add(key: string, bytes: Uint8Array): void {
    this.#delete(key)
    this.#entries.set(key, bytes)
    this.#bytes += bytes.length
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#capacity) return
      this.#delete(oldest)
    }
  }

  #delete(key: string): void {
    this.#bytes -= this.#entries.get(key)?.length ?? 0
    this.#entries.delete(key)
  }
}
