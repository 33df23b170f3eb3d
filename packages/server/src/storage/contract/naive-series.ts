import type { DurationMs, Summary, TimeRange, TimestampMs } from '@senio/protocol'
import { chooseBucket } from '../sql/bucket-ladder.ts'
import type { PlainSeries } from './plain-series.ts'

export interface NaiveQuery {
  readonly summary: Summary
  readonly range: TimeRange
  readonly points: number
  readonly now: TimestampMs
}

interface Entry {
  readonly t: number
  readonly value: number
}

/** What `series` should say of these values, computed from all of them the plainest way. */
export function naiveSeries(values: ReadonlyMap<TimestampMs, number>, query: NaiveQuery): PlainSeries {
  const { range, points } = query
  const all = [...values].map(([t, value]) => ({ t, value })).toSorted((a, b) => a.t - b.t)
  const within = all.filter(({ t }) => t >= range.from && t < range.to)
  if (within.length <= points) {
    return { kind: 'raw', t: within.map(({ t }) => t), value: within.map(({ value }) => value) }
  }
  const bucket = chooseBucket(range, points)
  const groups = [...Map.groupBy(within, ({ t }) => t - (t % bucket))]
  const t = groups.map(([start]) => start)
  const count = groups.map(([, entries]) => entries.length)
  const numbers = groups.map(([, entries]) => entries.map(({ value }) => value))
  switch (query.summary) {
    case 'last':
      return { kind: 'last', bucket, t, value: numbers.map((list) => list.at(-1) ?? Number.NaN), count }
    case 'statistics': {
      const mean = numbers.map((list) => list.reduce((sum, value) => sum + value, 0) / list.length)
      const min = numbers.map((list) => Math.min(...list))
      const max = numbers.map((list) => Math.max(...list))
      return { kind: 'statistics', bucket, t, min, mean, max, count }
    }
    case 'share': {
      const shares = groups.map(([start, entries]) => naiveShare(all, entries, start, bucket, query))
      return {
        kind: 'statistics',
        bucket,
        t,
        min: shares.map(({ min }) => min),
        mean: shares.map(({ mean }) => mean),
        max: shares.map(({ max }) => max),
        count,
      }
    }
  }
}

/** Adds up the stretches of a state, each from one value to the next. */
function naiveShare(
  all: readonly Entry[],
  entries: readonly Entry[],
  start: number,
  bucket: DurationMs,
  { range, now }: NaiveQuery,
): { readonly min: number; readonly mean: number; readonly max: number } {
  const from = Math.max(start, range.from)
  const last = entries.at(-1) ?? { t: Number.NaN, value: Number.NaN }
  const to = Math.max(last.t, Math.min(start + bucket, range.to, now))
  const before = all.findLast(({ t }) => t < from)
  const known = before === undefined ? entries : [{ t: from, value: before.value }, ...entries]
  let on = 0
  let time = 0
  for (const [index, { t, value }] of known.entries()) {
    const length = (known[index + 1]?.t ?? to) - t
    time += length
    on += value * length
  }
  const states = known
    .filter(({ t }, index) => (known[index + 1]?.t ?? Infinity) > t)
    .map(({ value }) => value)
  return { min: Math.min(...states), mean: time > 0 ? on / time : last.value, max: Math.max(...states) }
}
