/**
 * Remembers a version that is asked for with every publish. What this process has written is known at once; what
 * another one has written, after a moment.
 */
export class VersionCache {
  readonly #ask: () => Promise<number>
  readonly #ownWrites: () => number
  readonly #now: () => number
  readonly #believed: number
  readonly #bridged: number
  #isRefreshing = false
  #known: { readonly version: number; readonly writes: number; readonly at: number } | null = null

  /**
   * @param ownWrites a number that grows with each write of this process that may change the version
   * @param now ms that only grow
   * @param believed how long a version that another process may have changed is believed, in ms
   * @param bridged how long it is still believed by those who come while the answer to a new question is on its way: that
   *   may take long where there is much to do, and all would wait for it
   */
  constructor(
    ask: () => Promise<number>,
    ownWrites: () => number,
    now: () => number,
    { believed, bridged }: { readonly believed: number; readonly bridged: number },
  ) {
    this.#ask = ask
    this.#ownWrites = ownWrites
    this.#now = now
    this.#believed = believed
    this.#bridged = bridged
  }

  async version(): Promise<number> {
    const known = this.#known
    const writes = this.#ownWrites()
    const at = this.#now()
    if (known !== null && known.writes === writes) {
      const age = at - known.at
      if (age < this.#believed) return known.version
      if (age < this.#bridged) {
        void this.#refresh(writes, at)
        return known.version
      }
    }
    return this.#learn(writes, at)
  }

  async #refresh(writes: number, at: number): Promise<void> {
    if (this.#isRefreshing) return
    this.#isRefreshing = true
    try {
      await this.#learn(writes, at)
    } catch {
      // Whoever comes when it isn't believed any more asks, and hears of it.
    } finally {
      this.#isRefreshing = false
    }
  }

  async #learn(writes: number, at: number): Promise<number> {
    const version = await this.#ask()
    // Of two answers under way, that to the later question counts.
    if (this.#known === null || at >= this.#known.at) this.#known = { version, writes, at }
    return version
  }
}
