/**
 * The named points of the way that a measurement takes to where it stays, in their order (docs/formats/data-dir.md, and
 * bucket.md). Each is something that the program does; a fault happens before or after it, or instead of it.
 */
export const DISK_POINTS = [
  'draft-open',
  'draft-write',
  'draft-sync',
  'shard-make',
  'blob-link',
  'directory-sync',
  'draft-remove',
] as const

/** Of a picture's way into a bucket: the file in which it waits when it is large, and the request that stores it. */
export const BUCKET_POINTS = ['spool-open', 'spool-write', 'object-put'] as const

/** Behind the pictures. */
export const ROW_POINTS = ['rows-begin', 'rows-commit', 'answer'] as const

export type Point = (typeof DISK_POINTS | typeof BUCKET_POINTS | typeof ROW_POINTS)[number]

/** What happens at a point: a kill before, amid (half of the bytes are written) or after it, or an error, or nothing. */
export type Effect =
  | { readonly kill: 'before' | 'amid' | 'after' }
  /** A code of Node's system errors, for example `EIO`. */
  | { readonly error: string }
  /** It reports success and does nothing. */
  | { readonly lie: true }
  /** ms that it takes longer. */
  | { readonly delay: number }

export interface Fault {
  readonly point: Point
  readonly effect: Effect
  /** Which of the calls after the start, from 1; with `every` each that this divides. */
  readonly nth: number
  readonly every?: boolean
}

/** What a server is started with. */
export interface FaultPlan {
  readonly faults?: readonly Fault[]
  /** What SQLite is told at the end of the server's own checks, instead of FULL. */
  readonly synchronous?: 'NORMAL' | 'OFF'
  /** What stores the rows where that isn't SQLite. */
  readonly database?: 'postgres'
  /** ms that the system's clock is wrong by, one after the other, each for some time. */
  readonly clockErrors?: readonly number[]
}
