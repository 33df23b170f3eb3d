/**
 * Remembers a version that is asked for with every publish. What this process has written is known at once; what
 * another one has written, after a moment.
 */
export class VersionCache {
  readonly #ask: () => Promise<number>
  readonly #ownWrites: () => number
  readonly #now: () => number
  readonly #believed: number
  #known: { readonly version: number; readonly writes: number; readonly at: number } | null = null

  /**
   * @param ownWrites a number that grows with each write of this process that may change the version
   * @param now ms that only grow
   * @param believed how long a version that another process may have changed is believed, in ms
   */
  constructor(ask: () => Promise<number>, ownWrites: () => number, now: () => number, believed: number) {
    this.#ask = ask
    this.#ownWrites = ownWrites
    this.#now = now
    this.#believed = believed
  }

  async version(): Promise<number> {
    const known = this.#known
    const writes = this.#ownWrites()
    const at = this.#now()
    if (known !== null && known.writes === writes && at - known.at < this.#believed) return known.version
    const version = await this.#ask()
    this.#known = { version, writes, at }
    return version
  }
}
