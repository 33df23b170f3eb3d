import type { FieldValue } from '@senio/protocol'
import type { FieldSeriesJson } from '@senio/protocol/api'
import type { LongestPause } from './gaps.ts'
import { indexAtOrBefore } from './search-index.ts'

/** What a field says at an instant. */
export interface Reading<Value> {
  /** When it was measured: the value's own instant, or the middle of its bucket; ms since the epoch. */
  readonly t: number
  /** The value, or the mean of a bucket. */
  readonly value: Value
  /** The least and greatest of a bucket; null for a single value. */
  readonly spread: { readonly min: number; readonly max: number } | null
  /** Whether it is no older than usual for the field. */
  readonly isFresh: boolean
}

/**
 * A number's value at or before an instant; null when there is none in the data.
 * @param longestPause how old each value may become before it is no longer fresh
 */
export function numberAt(
  series: FieldSeriesJson,
  longestPause: LongestPause,
  t: number,
): Reading<number> | null {
  const index = indexAtOrBefore(series.t, t)
  const start = series.t[index]
  if (start === undefined) return null
  const isFresh = t - start <= longestPause(index)
  if (series.bucket === 0) {
    const value = series.value?.[index]
    return typeof value === 'number' ? { t: start, value, spread: null, isFresh } : null
  }
  const [value, min, max] = [series.mean?.[index], series.min?.[index], series.max?.[index]]
  if (value === undefined || min === undefined || max === undefined) return null
  return { t: start + series.bucket / 2, value, spread: min === max ? null : { min, max }, isFresh }
}

/** What a field measured at or before an instant, exactly; undefined when the data doesn't tell. */
export function exactValueAt(series: FieldSeriesJson | undefined, t: number): FieldValue | undefined {
  if (series === undefined || series.bucket !== 0 || series.thinned === true) return undefined
  return series.value?.[indexAtOrBefore(series.t, t)]
}
