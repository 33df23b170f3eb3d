import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Statements } from '../connection.ts'
import { describeFailure, FailureError, isFailedSync, isFailedWrite, isStorageFailure } from '../failures.ts'

const OVERWRITE_TRIES = 3

/** Below this much free space a failed write is taken for a full disk, in bytes. */
const NEARLY_FULL = 1024 * 1024

/** Write transactions on one connection, one at a time, and what becomes of those that fail. */
export class Transactions {
  readonly #statements: Statements
  readonly #directory: string
  readonly #lastCommit: Float64Array

  /** @param lastCommit where the ms go that the last commit took to be written to the log and synced */
  constructor(statements: Statements, file: string, lastCommit: Float64Array = new Float64Array(1)) {
    this.#statements = statements
    this.#lastCommit = lastCommit
    this.#directory = dirname(file)
  }

  /** Everything that `work` wrote is durable when it returns; nothing of it is left when it throws. */
  run<T>(work: () => T): T {
    this.begin()
    let result: T
    try {
      result = work()
    } catch (error) {
      this.rollback()
      throw this.#explain(error)
    }
    this.commit()
    return result
  }

  begin(): void {
    try {
      this.#statements.get('BEGIN IMMEDIATE').run()
    } catch (error) {
      throw this.#explain(error)
    }
  }

  rollback(): void {
    // SQLite has rolled back by itself after some errors.
    if (this.#statements.db.isTransaction) this.#statements.get('ROLLBACK').run()
  }

  commit(): void {
    const started = performance.now()
    try {
      this.#statements.get('COMMIT').run()
      this.#lastCommit[0] = performance.now() - started
    } catch (error) {
      this.rollback()
      const { failure } = this.#explain(error)
      const isOverwritten = this.#overwrite()
      // A sync that failed may report success the next time, for pages that are lost: only a restart ends the doubt. What
      // couldn't be written has no end in the log, and is nothing to a restart.
      const isInDoubt = isFailedSync(failure) || (!isOverwritten && !isFailedWrite(failure))
      throw new FailureError(isInDoubt ? { ...failure, isFatal: !failure.isFull } : failure)
    }
  }

  /**
   * A commit whose sync failed may lie complete in the log, and a restart would bring back what was refused. The
   * next transaction takes the same place in the log, so write one before anybody is told.
   */
  #overwrite(): boolean {
    for (let attempt = 0; attempt < OVERWRITE_TRIES; attempt++) {
      try {
        this.#statements.get('UPDATE probe SET writes = writes + 1').run()
        return true
      } catch {
        this.rollback()
      }
    }
    return false
  }

  /** SQLite reports a quota or a full disk under the log's index as a plain I/O error. */
  #explain(error: unknown): FailureError {
    const failure = describeFailure(error)
    if (failure.isFull || !isStorageFailure(failure) || failure.isFatal) return new FailureError(failure)
    return new FailureError({ ...failure, isFull: this.#isDiskFull() })
  }

  #isDiskFull(): boolean {
    try {
      const { bavail, bsize } = statfsSync(this.#directory)
      return bavail * bsize < NEARLY_FULL
    } catch {
      return false
    }
  }
}
