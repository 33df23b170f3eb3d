import { type TimeRange, timestampMs } from '@senio/protocol'
import type { MeasurementStore, TimedValue } from '../../storage/measurement-store.ts'
import type { FieldId, SensorId } from '../../storage/sensor-store.ts'
import { sliceOf, sliceStart } from '../../storage/slices.ts'
import { instantAfter } from './instant-after.ts'

export interface EvenlySpacedQuery {
  readonly sensor: SensorId
  readonly field: FieldId
  readonly range: TimeRange
  /** Only values of measurements found by this word. */
  readonly tag?: string | undefined
  /** At least 1. */
  readonly count: number
}

/**
 * `count` values of a field, as evenly spaced in time as there are values; all of them when there are no more.
 * Ascending.
 *
 * They are the first of each of `count` slices of the range and, in place of each slice without values, one more from
 * the middle of the widest stretch that has any.
 */
export async function pickEvenlySpaced(
  store: MeasurementStore,
  query: EvenlySpacedQuery,
): Promise<readonly TimedValue[]> {
  const { range, count } = query
  const picked = [...(await firstOfSlices(store, query, range, count))]
  if (picked.length >= count || (await hasNoMore(store, query, picked.length))) return picked

  const stretches = picked.map(({ timestamp }) => ({
    from: instantAfter(timestamp),
    to: timestampMs(sliceStart(range, sliceOf(range, timestamp, count) + 1, count)),
  }))
  while (picked.length < count) {
    const widest = stretches.sort((a, b) => a.to - a.from - (b.to - b.from)).pop()
    if (widest === undefined) break
    const found = await nearMiddle(store, query, widest)
    if (found === undefined) continue
    picked.push(found)
    const { timestamp } = found
    stretches.push({ from: widest.from, to: timestamp }, { from: instantAfter(timestamp), to: widest.to })
  }
  return picked.sort((a, b) => a.timestamp - b.timestamp)
}

function firstOfSlices(
  store: MeasurementStore,
  { sensor, field, tag }: EvenlySpacedQuery,
  range: TimeRange,
  count: number,
): Promise<readonly TimedValue[]> {
  const tagged = tag === undefined ? {} : { tagged: { sensor, tag } }
  return store.evenlySpaced({ field, range, count, ...tagged })
}

async function hasNoMore(
  store: MeasurementStore,
  { sensor, field, range, tag }: EvenlySpacedQuery,
  than: number,
): Promise<boolean> {
  const tagged = tag === undefined ? {} : { tag }
  const page = await store.page({ sensor, fields: [field], range, limit: than + 1, ...tagged })
  return page.length <= than
}

/** The first value of a stretch's second half, or else of its first half; undefined when it has none. */
async function nearMiddle(
  store: MeasurementStore,
  query: EvenlySpacedQuery,
  { from, to }: TimeRange,
): Promise<TimedValue | undefined> {
  if (from >= to) return undefined
  const middle = timestampMs(from + (to - from) / 2)
  const [late] = await firstOfSlices(store, query, { from: middle, to }, 1)
  if (late !== undefined) return late
  const [early] = await firstOfSlices(store, query, { from, to: middle }, 1)
  return early
}
