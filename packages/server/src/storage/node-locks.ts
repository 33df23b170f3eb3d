/** Names that a node holds. */
export interface NodeLock {
  /**
   * Whether they were held without a break to this moment. Asks the server: what depends on a lock is done only after
   * this has been answered.
   */
  isHeld(): Promise<boolean>
  /** Returns at once and never throws. */
  release(): void
}

/** Locks by name that hold across all nodes of an installation. Rules are checked by `contract/node-locks.contract.ts`. */
export interface NodeLocks {
  /**
   * Waits until no other node holds any of the names, then holds them all. Within a node the caller keeps order: a
   * name isn't asked for again before it is released.
   *
   * @param names at least one, all different
   * @throws SenioError `storage-failing` when they can't be had; `overloaded` after a long wait
   */
  acquire(names: readonly string[]): Promise<NodeLock>
}
