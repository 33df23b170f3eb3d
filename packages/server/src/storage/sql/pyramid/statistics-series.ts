import type { DurationMs, Summary, TimeRange, TimestampMs } from '@senio/protocol'
import type { Series } from '../../measurement-store.ts'
import type { Bucket } from './buckets.ts'
import { meanOf } from './rollup.ts'
import { shareOf } from './share.ts'

/**
 * The graph data that buckets give.
 * @param buckets ascending, each holding values of the range
 * @param before for shares: the state that the range begins with; null without one, and for everything else
 */
export function statisticsSeries(
  {
    summary,
    range,
    now,
  }: { readonly summary: Summary; readonly range: TimeRange; readonly now: TimestampMs },
  width: DurationMs,
  buckets: readonly Bucket[],
  before: number | null,
): Series {
  const isState = summary === 'share'
  const t = new Float64Array(buckets.length)
  const min = new Float64Array(buckets.length)
  const mean = new Float64Array(buckets.length)
  const max = new Float64Array(buckets.length)
  const count = new Float64Array(buckets.length)
  let carried = before
  for (const [index, { start, rollup }] of buckets.entries()) {
    const from = Math.max(start, range.from)
    const to = Math.min(start + width, range.to, now)
    const whole = isState ? shareOf(rollup, carried, from, to) : { ...rollup, mean: meanOf(rollup) }
    t[index] = start
    min[index] = whole.min
    mean[index] = whole.mean
    max[index] = whole.max
    count[index] = rollup.count
    carried = rollup.state?.value ?? null
  }
  return { kind: 'statistics', bucket: width, t, min, mean, max, count }
}
