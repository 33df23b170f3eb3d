import {
  DAY,
  fieldFormat,
  type FieldTypeName,
  HOUR,
  MINUTE,
  SECOND,
  type TimeRange,
  type TimestampMs,
  timestampMs,
} from '@senio/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StoredValue } from '../measurement-store.ts'
import { naiveSeries } from './naive-series.ts'
import { plainSeries, type PlainSeries } from './plain-series.ts'
import {
  newSensor,
  onFreshDatabase,
  type OpenDatabase,
  range,
  time,
  useDatabase,
} from './database-under-test.ts'

/** What `MeasurementStore.series` promises. */
export function measurementSeriesContract(open: OpenDatabase): void {
  const database = useDatabase(open)

  describe('series', () => {
    test('is raw when there are no more values than points', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      await db.measurements.append(
        [4, 1, 2, 3].map((n) => sensor.at(n / 7, n)),
        [],
      )
      const query = { field: sensor.field, summary: 'statistics' as const, now, range: range(1 / 7, 4 / 7) }
      expect(plainSeries(await db.measurements.series({ ...query, points: 3 }))).toStrictEqual({
        kind: 'raw',
        t: [time(1 / 7), time(2 / 7), time(3 / 7)],
        value: [1, 2, 3],
      })
      expect((await db.measurements.series({ ...query, points: 2 })).kind).toBe('statistics')
    })

    test('is raw and empty without values', async () => {
      const { db } = database()
      const { field } = await newSensor(db)
      expect(
        plainSeries(
          await db.measurements.series({ field, summary: 'last', now, range: range(0, 9), points: 1 }),
        ),
      ).toStrictEqual({ kind: 'raw', t: [], value: [] })
    })

    test('has buckets aligned to the epoch, of which the outer ones hold what the range holds', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      const midnight = timestampMs(Math.ceil(time(0) / DAY) * DAY)
      const at = (ms: number, value: number) => ({
        ...sensor.at(0, value),
        timestamp: timestampMs(midnight + ms),
      })
      await db.measurements.append(
        [at(-1, 100), at(0, 1), at(MINUTE, 3), at(HOUR, 5), at(2 * HOUR, 7), at(3 * HOUR, 100)],
        [],
      )
      const within = { from: timestampMs(midnight + 0.5), to: timestampMs(midnight + 3 * HOUR) }
      expect(
        plainSeries(
          await db.measurements.series({
            field: sensor.field,
            summary: 'statistics',
            now,
            range: within,
            points: 2,
          }),
        ),
      ).toStrictEqual({
        kind: 'statistics',
        bucket: 2 * HOUR,
        t: [midnight, midnight + 2 * HOUR],
        min: [3, 7],
        mean: [4, 7],
        max: [5, 7],
        count: [2, 1],
      })
    })

    test('leaves buckets without values out', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      await db.measurements.append(
        [0, 1, 1000, 1001].map((n) => sensor.at(n, n)),
        [],
      )
      const series = plainSeries(
        await db.measurements.series({
          field: sensor.field,
          summary: 'statistics',
          now,
          range: range(0, 2000),
          points: 3,
        }),
      )
      expect(series).toMatchObject({ kind: 'statistics', bucket: 1000, count: [2, 2] })
    })

    test('keeps means finite where sums are not', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      const largest = Number.MAX_VALUE
      await db.measurements.append(
        [1e308, 1e308, 1e308, -1e308]
          .map((value, n) => sensor.at(n, value))
          .concat(
            [largest, largest, largest].map((value, n) => sensor.at(1000 + n, value)),
            [largest, -largest, -largest, largest].map((value, n) => sensor.at(2000 + n, value)),
          ),
        [],
      )
      const series = plainSeries(
        await db.measurements.series({
          field: sensor.field,
          summary: 'statistics',
          now,
          range: range(0, 3000),
          points: 3,
        }),
      )
      if (series.kind !== 'statistics') throw new TypeError('Statistics were expected.')
      expect(series.mean[0]).toBeCloseTo(5e307, -300)
      expect(series.mean[1]).toBe(largest)
      expect(Math.abs(series.mean[2] ?? Number.NaN)).toBeLessThan(1e293)
    })

    test('keeps the mean of equal values equal', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      await db.measurements.append(
        [0, 1, 2].map((n) => sensor.at(n, 0.1)),
        [],
      )
      expect(
        plainSeries(
          await db.measurements.series({
            field: sensor.field,
            summary: 'statistics',
            now,
            range: range(0, 9),
            points: 1,
          }),
        ),
      ).toMatchObject({ min: [0.1], mean: [0.1], max: [0.1] })
    })

    test('gives the newest value of each bucket of what has no mean', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'image')
      await db.measurements.append(
        [1, 2, 3, 1001].map((n) => sensor.at(n, Uint8Array.of(n % 256))),
        [],
      )
      expect(
        plainSeries(
          await db.measurements.series({
            field: sensor.field,
            summary: 'last',
            now,
            range: range(0, 2000),
            points: 2,
          }),
        ),
      ).toStrictEqual({
        kind: 'last',
        bucket: 1000,
        t: [time(0), time(1000)],
        value: [Uint8Array.of(3), Uint8Array.of(1001 % 256)],
        count: [3, 1],
      })
    })

    test('gives the share of the time that a state was on, carried over the borders of buckets', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'boolean')
      await db.measurements.append(
        [
          [500, 1],
          [1250, 0],
          [1750, 1],
          [4500, 0],
        ].map(([ms = 0, state = 0]) => sensor.at(ms, state)),
        [],
      )
      const query = { field: sensor.field, summary: 'share' as const, points: 3 }
      expect(
        plainSeries(await db.measurements.series({ ...query, range: range(1000, 5000), now: time(4750) })),
      ).toStrictEqual({
        kind: 'raw',
        t: [time(1250), time(1750), time(4500)],
        value: [0, 1, 0],
      })
      const summarised = plainSeries(
        await db.measurements.series({ ...query, range: range(0, 5000), now: time(4750) }),
      )
      expect(summarised).toStrictEqual({
        kind: 'statistics',
        bucket: 2000,
        t: [time(0), time(4000)],
        // 750 + 250 ms of the 1500 ms since the first value; 500 ms of the 750 ms until now.
        mean: [1000 / 1500, 500 / 750],
        min: [0, 0],
        max: [1, 1],
        count: [3, 1],
      })
    })

    test('agrees with a naive computation, whatever was stored, replaced and deleted in whatever order', async () => {
      await onFreshDatabase(open, async ({ db }) => {
        await fc.assert(
          fc.asyncProperty(
            histories,
            fc.array(queries, { minLength: 3, maxLength: 6 }),
            async (history, asked) => {
              const sensor = await newSensor(db, history.type)
              const values = new Map<TimestampMs, number>()
              for (const step of history.steps) {
                if (step.kind === 'delete') {
                  const span = rangeWithin(history.span, step.from, step.to)
                  await db.measurements.deleteRange({
                    sensor: sensor.id,
                    fields: [sensor.field],
                    range: span,
                  })
                  for (const t of values.keys()) if (t >= span.from && t < span.to) values.delete(t)
                  continue
                }
                const entries = step.values.map(([at, value]) => [time(at * history.span), value] as const)
                await db.measurements.append(
                  entries.map(([timestamp, value]) => ({
                    ...sensor.at(0, storedFor(history.type, value)),
                    timestamp,
                  })),
                  [],
                )
                for (const [timestamp, value] of entries)
                  values.set(timestamp, numberFor(history.type, value))
              }
              for (const { from, to, points, now } of asked) {
                const query = {
                  field: sensor.field,
                  summary: fieldFormat(history.type).summary,
                  range: rangeWithin(history.span, from, to),
                  points,
                  now: time(now * history.span),
                }
                expectSeries(
                  numbersOf(plainSeries(await db.measurements.series(query))),
                  naiveSeries(values, query),
                )
              }
            },
          ),
          { numRuns: 80 },
        )
        expect(await db.findFaults()).toStrictEqual([])
      })
    })
  })
}

const now = time(365 * DAY)

const fraction = fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true })
/** Coarse places in time, so that values meet and replace each other. */
const place = fc.integer({ min: 0, max: 600 }).map((n) => n / 600)

/** A field's life: its values spread over a span of ms, with more of them than a leaf of the pyramid holds. */
const histories = fc.record({
  type: fc.constantFrom('scalar' as const, 'boolean' as const, 'location' as const),
  span: fc.constantFrom(500, 20 * SECOND, 10 * MINUTE, 7 * HOUR, 3 * DAY, 400 * DAY),
  steps: fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('append' as const),
          values: fc.array(fc.tuple(fc.oneof(place, fraction), fc.integer({ min: -1000, max: 1000 })), {
            minLength: 1,
            maxLength: 250,
          }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('delete' as const), from: fraction, to: fraction }),
      },
    ),
    { minLength: 1, maxLength: 6 },
  ),
})

const queries = fc.record({
  from: fraction.map((at) => at * 1.2 - 0.1),
  to: fraction.map((at) => at * 1.2 - 0.1),
  points: fc.constantFrom(1, 2, 7, 30, 100),
  now: fraction.map((at) => at * 1.5),
})

function rangeWithin(span: number, a: number, b: number): TimeRange {
  return { from: time(Math.min(a, b) * span), to: time(Math.max(a, b) * span) }
}

/** Booleans are 1 or 0; a location's number stands for its text. */
function numberFor(type: FieldTypeName, value: number): number {
  return fieldFormat(type).summary === 'share' ? Math.abs(value) % 2 : value / 8
}

/** As it is kept: a location's number is its longitude. */
function storedFor(type: FieldTypeName, value: number): StoredValue {
  const number = numberFor(type, value)
  return type === 'location' ? JSON.stringify({ lat: 0, lon: number }) : number
}

/** With the numbers that locations stand for. */
function numbersOf(series: PlainSeries): PlainSeries {
  if (series.kind === 'statistics') return series
  const value = series.value.map((one) =>
    typeof one === 'string' ? (JSON.parse(one) as { readonly lon: number }).lon : one,
  )
  return { ...series, value }
}

/** Equal but for the last digits of means. */
function expectSeries(actual: PlainSeries, expected: PlainSeries): void {
  if (actual.kind !== 'statistics' || expected.kind !== 'statistics') {
    expect(actual).toStrictEqual(expected)
    return
  }
  const { mean, ...rest } = actual
  expect(rest).toStrictEqual(omitMean(expected))
  for (const [index, value] of expected.mean.entries()) expect(mean[index]).toBeCloseTo(value, 9)
}

function omitMean(series: PlainSeries & { kind: 'statistics' }): object {
  const { mean: _, ...rest } = series
  return rest
}
