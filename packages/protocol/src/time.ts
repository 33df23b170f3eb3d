/** Milliseconds since the Unix epoch, an IEEE double: fractions are kept to the last digit. */
export type TimestampMs = number & { readonly __unit: 'ms since the Unix epoch' }

/** A span of time in milliseconds. */
export type DurationMs = number & { readonly __unit: 'ms' }

export const SECOND = 1_000 as DurationMs
export const MINUTE = 60_000 as DurationMs
export const HOUR = 3_600_000 as DurationMs
export const DAY = 86_400_000 as DurationMs

/** A timestamp below this (March 1973) was almost certainly meant as seconds. */
export const LOOKS_LIKE_SECONDS_BELOW = 1e11 as TimestampMs

/** How far ahead of the server's clock a device's clock may be. */
export const MAX_AHEAD = DAY

/** Marks a number that is known to be milliseconds since the epoch; checks nothing. */
export function timestampMs(ms: number): TimestampMs {
  return ms as TimestampMs
}

/** Marks a number that is known to be a span in milliseconds; checks nothing. */
export function durationMs(ms: number): DurationMs {
  return ms as DurationMs
}

/** Half-open `[from, to)`: `from` belongs to it, `to` doesn't; `from <= to`. */
export interface TimeRange {
  readonly from: TimestampMs
  readonly to: TimestampMs
}
