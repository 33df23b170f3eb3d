import { type TimeRange, type TimestampMs, timestampMs } from '@senio/protocol'
import type { MeasurementStore, TimedValue } from '../../storage/measurement-store.ts'
import type { FieldId, SensorId } from '../../storage/sensor-store.ts'
import { instantAfter } from './instant-after.ts'

/** The values of a field among the measurements that are found by a word. */
export interface TaggedField {
  readonly sensor: SensorId
  readonly field: FieldId
  readonly tag: string
}

/** Values that are read at a time while the last one is looked for. */
const PAGE = 32

export interface TaggedSeries {
  /** Ascending. */
  readonly values: readonly TimedValue[]
  /** Whether they are evenly spaced ones, and not all. */
  readonly isThinned: boolean
}

/**
 * The values of a range, all of them if they are at most `points`, otherwise so many of them, evenly spaced in time.
 * Rollups know no tags: this reads about as many values as it gives.
 */
export async function taggedSeries(
  store: MeasurementStore,
  { sensor, field, tag }: TaggedField,
  range: TimeRange,
  points: number,
): Promise<TaggedSeries> {
  const few = await store.page({ sensor, fields: [field], range, tag, limit: points + 1 })
  if (few.length <= points) {
    const values = few.flatMap(({ timestamp, values: [first] }) =>
      first === undefined ? [] : [{ timestamp, value: first.value }],
    )
    return { values, isThinned: false }
  }
  const tagged = { sensor, tag }
  return { values: await store.evenlySpaced({ field, range, count: points, tagged }), isThinned: true }
}

/**
 * The newest value at or before an instant; null when there is none. Halves the time that is left until what remains
 * fits a page, so that it reads little, however many there are.
 */
export async function taggedValueAt(
  store: MeasurementStore,
  { sensor, field, tag }: TaggedField,
  at: TimestampMs,
): Promise<TimedValue | null> {
  const extent = await store.extent([field])
  if (extent === null || at < extent.first) return null
  const read = async (from: TimestampMs, to: TimestampMs): Promise<readonly TimedValue[]> => {
    const page = await store.page({ sensor, fields: [field], range: { from, to }, tag, limit: PAGE })
    return page.flatMap(({ timestamp, values: [first] }) =>
      first === undefined ? [] : [{ timestamp, value: first.value }],
    )
  }
  let end = instantAfter(timestampMs(Math.min(at, extent.last)))
  let found = await read(extent.first, end)
  for (;;) {
    const last = found.at(-1)
    if (last === undefined) return null
    if (found.length < PAGE) return last
    const start = instantAfter(last.timestamp)
    const middle = timestampMs(Math.max(start, start + (end - start) / 2))
    const late = middle < end ? await read(middle, end) : []
    if (late.length > 0) {
      found = late
      continue
    }
    // Nothing is later than the middle.
    const early = start < middle ? await read(start, middle) : []
    if (early.length === 0) return last
    found = early
    end = middle
  }
}
