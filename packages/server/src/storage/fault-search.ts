/** Something in a database that is not as it was written. */
export interface DatabaseFault {
  /** What and where, in plain words, without a full stop. */
  readonly detail: string
  /** Of a picture that a value refers to, and that nothing is known of. 40 lower-case hex digits. */
  readonly sha1?: string
  /** The engine can't read its own file: nothing in it can be relied on. */
  readonly isOfFile?: true
}

/** How a look at a whole database goes on. */
export interface FaultSearch {
  /**
   * Called after each step with about how many bytes that one read; the next begins when it has resolved. Nothing is held
   * open meanwhile. What it rejects with ends the search.
   */
  readonly rest?: (bytes: number) => Promise<void>
  /** Told after each step how many measurements were in it. */
  readonly onMeasurements?: (count: number) => void
}
