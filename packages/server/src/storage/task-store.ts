/** Regular work that one node at a time does for all of them. Rules are checked by `contract/task-store.contract.ts`. */
export interface TaskStore {
  /**
   * Takes a task for so many ms, on one clock for all nodes. A node that dies keeps it no longer than that.
   * @returns false while somebody has it
   */
  claim(name: string, ms: number): Promise<boolean>
  /**
   * Whether somebody has one of the tasks.
   * @param ms for which they are taken at most: what lasts longer is of a clock that was set back, and doesn't count
   */
  isAnyTaken(names: readonly string[], ms: number): Promise<boolean>

  /**
   * For whoever has a task: so many ms from now on.
   * @returns false when its time was over, or the clock was set back; it may be somebody else's by now
   */
  prolong(name: string, ms: number): Promise<boolean>
  /** Anybody may take it now. */
  release(name: string): Promise<void>
}
