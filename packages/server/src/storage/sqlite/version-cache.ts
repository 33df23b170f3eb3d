/** How long a version that another process may have changed is believed, in ms. */
const BELIEVED_MS = 20

/**
 * Remembers a version that is asked for with every publish. What this process has written is known at once; what
 * another one has written, after 20 ms: less than it takes that one to tell anybody.
 */
export class VersionCache {
  readonly #ask: () => Promise<number>
  readonly #ownWrites: () => number
  readonly #now: () => number
  #known: { readonly version: number; readonly writes: number; readonly at: number } | null = null

  /**
   * @param ownWrites a number that grows with each write of this process that may change the version
   * @param now ms that only grow
   */
  constructor(ask: () => Promise<number>, ownWrites: () => number, now: () => number) {
    this.#ask = ask
    this.#ownWrites = ownWrites
    this.#now = now
  }

  async version(): Promise<number> {
    const known = this.#known
    const writes = this.#ownWrites()
    const at = this.#now()
    if (known !== null && known.writes === writes && at - known.at < BELIEVED_MS) return known.version
    const version = await this.#ask()
    this.#known = { version, writes, at }
    return version
  }
}
