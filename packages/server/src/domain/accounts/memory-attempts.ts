import type { Attempts, AttemptStore } from '../../storage/attempt-store.ts'

/** Entries kept; beyond it the longest unused go first. */
const MAX_ENTRIES = 10_000

/** Attempts to sign in, in the memory of this process. */
export class MemoryAttempts implements AttemptStore {
  readonly #clock: () => number
  readonly #entries = new Map<string, Attempts>()

  /** @param clock ms that only grow, for example `performance.now` */
  constructor(clock: () => number) {
    this.#clock = clock
  }

  async read(
    keys: readonly string[],
    look: (found: ReadonlyMap<string, Attempts>, now: number) => void,
  ): Promise<void> {
    const now = this.#clock()
    look(this.#find(keys, now), now)
  }

  async update(
    keys: readonly string[],
    change: (found: ReadonlyMap<string, Attempts>, now: number) => ReadonlyMap<string, Attempts | null>,
  ): Promise<void> {
    const now = this.#clock()
    for (const [key, attempts] of change(this.#find(keys, now), now)) {
      this.#entries.delete(key)
      if (attempts !== null) this.#entries.set(key, attempts)
    }
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MAX_ENTRIES) break
      this.#entries.delete(oldest)
    }
  }

  #find(keys: readonly string[], now: number): ReadonlyMap<string, Attempts> {
    const found = new Map<string, Attempts>()
    for (const key of keys) {
      const attempts = this.#entries.get(key)
      if (attempts !== undefined && attempts.expires > now) found.set(key, attempts)
    }
    return found
  }
}
