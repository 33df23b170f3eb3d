import { type ErrorCode, SenioError } from '@senio/protocol'
import { UniqueViolation } from '../sql/unique-violation.ts'

/** An error of SQLite or of our own jobs, in a form that passes between threads. */
export interface SqliteFailure {
  /** SQLite's extended result code (sqlite.org/rescode.html); null for errors of other origin. */
  readonly resultCode: number | null
  /** The code of a SenioError that was thrown in the thread; null for others. */
  readonly code: ErrorCode | null
  readonly message: string
  /** Where it came from, for the log. */
  readonly stack: string | undefined
  /** The disk has no room, whatever the result code says. */
  readonly isFull: boolean
  /** What is on the disk is in doubt: nothing more may be written before a restart. */
  readonly isFatal: boolean
}

/** Primary result codes of SQLite. */
const BUSY = 5
const LOCKED = 6
const FULL = 13
const CORRUPT = 11
const CONSTRAINT = 19
const NOT_A_DATABASE = 26
const PASSING_OR_DISK: ReadonlySet<number> = new Set([
  3 /* PERM */, 7 /* NOMEM */, 8 /* READONLY */, 10 /* IOERR */, 11 /* CORRUPT */, 14 /* CANTOPEN */,
  15 /* PROTOCOL */, 26 /* NOTADB */,
])
/** Corruption does not pass by itself. */
const FATAL: ReadonlySet<number> = new Set([CORRUPT, NOT_A_DATABASE])
const CONSTRAINT_PRIMARY_KEY = 1555
const CONSTRAINT_UNIQUE = 2067

/** Whole seconds after which it's worth trying again. */
const RETRY_SOON = 1
const RETRY_LATER = 5

/** An error that carries a failure made elsewhere: how jobs say more than SQLite's code does. */
export class FailureError extends Error {
  override readonly name = 'FailureError'
  readonly failure: SqliteFailure

  constructor(failure: SqliteFailure) {
    super(failure.message)
    this.failure = failure
  }
}

/** Whether a statement failed because a row with the same primary key is there. */
export function isPrimaryKeyTaken(error: unknown): boolean {
  return resultCodeOf(error) === CONSTRAINT_PRIMARY_KEY
}

/** Whatever was thrown, in a form that passes between threads. */
export function describeFailure(error: unknown): SqliteFailure {
  if (error instanceof FailureError) return error.failure
  const resultCode = resultCodeOf(error)
  return {
    resultCode,
    code: error instanceof SenioError ? error.code : null,
    message: error instanceof Error ? error.message : String(error),
    stack: error instanceof Error ? error.stack : undefined,
    isFull: resultCode !== null && primary(resultCode) === FULL,
    isFatal: resultCode !== null && FATAL.has(primary(resultCode)),
  }
}

/** Whether a failure is the disk's or another process's doing, not that of the statement. */
export function isStorageFailure(failure: SqliteFailure): boolean {
  const code = failure.resultCode
  if (code === null) return failure.isFull || failure.isFatal
  const kind = primary(code)
  return kind === FULL || kind === BUSY || kind === LOCKED || PASSING_OR_DISK.has(kind)
}

/** Whether the disk failed to keep what it had taken: SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC. */
export function isFailedSync({ resultCode }: SqliteFailure): boolean {
  return resultCode === 1034 || resultCode === 1290
}

/** Whether the disk took nothing at all, as one that is read-only: SQLITE_IOERR_WRITE, SQLITE_READONLY. */
export function isFailedWrite({ resultCode }: SqliteFailure): boolean {
  return resultCode === 778 || resultCode === 8
}

export function failureToError(failure: SqliteFailure): Error {
  const cause = new FailureError(failure)
  if (failure.stack !== undefined) cause.stack = failure.stack
  if (failure.code !== null) return new SenioError(failure.code, failure.message, { cause })
  const code = failure.resultCode
  if (failure.isFull) {
    return new SenioError('storage-full', 'The disk of the server is full. Nothing was stored; make room.', {
      cause,
      retryAfter: RETRY_LATER,
    })
  }
  if (code === CONSTRAINT_PRIMARY_KEY || code === CONSTRAINT_UNIQUE) return new UniqueViolation(cause)
  const kind = code === null ? null : primary(code)
  if (kind === BUSY || kind === LOCKED) {
    return new SenioError('overloaded', 'The database is held by another process. Try again in a moment.', {
      cause,
      retryAfter: RETRY_SOON,
    })
  }
  if (failure.isFatal || (kind !== null && PASSING_OR_DISK.has(kind))) {
    return new SenioError(
      'storage-failing',
      'The database of the server cannot be read or written. Nothing was stored; try again later.',
      { cause, retryAfter: RETRY_LATER },
    )
  }
  const what = kind === CONSTRAINT ? 'The database refused a row' : 'The database failed'
  return new SenioError('defect', `${what}.`, { cause })
}

/** Whether main must stop writing and restart. */
export function isFatal(error: unknown): boolean {
  return error instanceof SenioError && error.cause instanceof FailureError && error.cause.failure.isFatal
}

/** Whoever opens a file that is none of SQLite's, or is damaged, can choose another: says what is wrong with it. */
export function asFileToMend(error: unknown, file: string): unknown {
  if (!(error instanceof SenioError) || !(error.cause instanceof FailureError)) return error
  const code = error.cause.failure.resultCode
  const kind = code === null ? null : primary(code)
  if (kind === NOT_A_DATABASE) {
    return new SenioError(
      'storage-failing',
      `The file ${file} is not a database of SQLite. Choose another data directory, or restore a backup into a new one.`,
      { cause: error },
    )
  }
  if (kind === CORRUPT) {
    return new SenioError(
      'storage-failing',
      `The database file ${file} is damaged. Keep a copy of it, and restore a backup into a new data directory.`,
      { cause: error },
    )
  }
  return error
}

/** SQLite's extended result code of an error of node:sqlite; null for others. */
export function resultCodeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  return typeof error.errcode === 'number' ? error.errcode : null
}

function primary(resultCode: number): number {
  return resultCode & 0xff
}
