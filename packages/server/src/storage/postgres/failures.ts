import { type ErrorCode, SenioError } from '@senio/protocol'
import { UniqueViolation } from '../sql/unique-violation.ts'

/** Whole seconds after which it's worth trying again. */
const RETRY_SOON = 1
const RETRY_LATER = 3

interface Meaning {
  readonly code: ErrorCode
  readonly detail: string
  readonly retryAfter: number
}

const FAILING: Meaning = {
  code: 'storage-failing',
  detail: 'The database cannot be reached, or it failed. What was sent may be sent again.',
  retryAfter: RETRY_LATER,
}
const BUSY: Meaning = {
  code: 'overloaded',
  detail: 'The database has too much to do. Try again in a moment.',
  retryAfter: RETRY_SOON,
}
const FULL: Meaning = {
  code: 'storage-full',
  detail: 'The disk of the database is full. Nothing was stored; make room.',
  retryAfter: RETRY_LATER,
}

/** Ours: see require_known_format(). */
const MIGRATED_STATE = '58S01'
const MIGRATED: Meaning = {
  code: 'storage-failing',
  detail:
    'The database was migrated by a newer version of Senio, which this server would do harm to: replace it by that version. Other servers can be asked meanwhile.',
  retryAfter: RETRY_LATER,
}

const INSUFFICIENT_PRIVILEGE = '42501'
const FORBIDDEN: Meaning = {
  code: 'storage-failing',
  detail:
    'The role of --database-url lacks a privilege in the database that it had, or that a migration needs. Whoever runs the database can grant it.',
  retryAfter: RETRY_LATER,
}

/**
 * What conditions of the database or of the connection mean, by SQLSTATE (PostgreSQL's appendix A) or by its class,
 * the first two characters. What isn't here is a fault of ours.
 */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  '08': FAILING, // connection
  '25006': FAILING, // read only: a standby, or a primary that is being replaced
  '28': FAILING, // who we are
  '3D000': FAILING, // no such database
  '40': BUSY, // serialisation, deadlock
  [INSUFFICIENT_PRIVILEGE]: FORBIDDEN,
  '53': BUSY, // too many connections, out of memory
  '53100': FULL,
  '55P03': BUSY, // lock_timeout
  '57': FAILING, // being stopped, starting up
  '57014': BUSY, // statement_timeout
  [MIGRATED_STATE]: MIGRATED,
  '58': FAILING, // errors of its operating system
  XX: FAILING, // damaged
}

const UNIQUE_VIOLATION = '23505'

/** The SQLSTATE of an error of the server; null for others. */
export function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

/** Whether the role of the connection lacks a privilege. */
export function isForbidden(error: unknown): boolean {
  return sqlStateOf(error) === INSUFFICIENT_PRIVILEGE
}

/** Whether the same may succeed at once: another transaction was in the way. */
export function isConflict(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state !== null && (state.startsWith('40') || state === '55P03')
}

/**
 * Whether the server has said that a transaction failed, and lives to have undone it. One that ends the connection while it
 * commits, or says nothing, may have committed.
 */
export function isDefinite(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state !== null && (state === MIGRATED_STATE || !/^(?:08|57P|58|XX)/.test(state))
}

/** Whether the connection may still be used after this. */
export function isConnectionUsable(error: unknown): boolean {
  const state = sqlStateOf(error)
  return state !== null && !/^(?:08|25006|57P|58|XX)/.test(state)
}

/** What the rest of the program is told in place of an error of the driver. */
export function toSenioError(error: unknown): Error {
  if (error instanceof SenioError || error instanceof UniqueViolation) return error
  const state = sqlStateOf(error)
  if (state === UNIQUE_VIOLATION) return new UniqueViolation(error)
  // Without a state it isn't from the server: the network, a time-out, or a connection that was closed.
  const meaning = state === null ? FAILING : (MEANINGS[state] ?? MEANINGS[state.slice(0, 2)])
  if (meaning === undefined)
    return new SenioError('defect', 'The database refused a statement.', { cause: error })
  return new SenioError(meaning.code, meaning.detail, { cause: error, retryAfter: meaning.retryAfter })
}
