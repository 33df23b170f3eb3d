/** What is known of attempts to sign in. Times are ms on the store's own clock. */
export interface Attempts {
  /** In a row. */
  readonly failures: number
  /** When the next one may be made. */
  readonly blockedUntil: number
  /** When all of this is forgotten. */
  readonly expires: number
}

/**
 * Attempts to sign in, by keys that tell nothing of who made them, on one clock for all nodes. Rules are checked by
 * `contract/attempt-store.contract.ts`.
 */
export interface AttemptStore {
  /** Reads entries. What `look` throws, it rejects with. */
  read(
    keys: readonly string[],
    look: (found: ReadonlyMap<string, Attempts>, now: number) => void,
  ): Promise<void>
  /**
   * Changes entries in one transaction: nobody else changes them between the look at them and the write. What `change`
   * throws, it rejects with, and nothing is written.
   * @param change what they become; null removes one
   */
  update(
    keys: readonly string[],
    change: (found: ReadonlyMap<string, Attempts>, now: number) => ReadonlyMap<string, Attempts | null>,
  ): Promise<void>
}
