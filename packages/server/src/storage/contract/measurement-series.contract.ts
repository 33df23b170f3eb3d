import { DAY, HOUR, MINUTE, type TimeRange, timestampMs } from '@senio/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Series } from '../measurement-store.ts'
import { newSensor, type OpenDatabase, range, time, useDatabase } from './database-under-test.ts'

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
      const query = { field: sensor.field, summary: 'statistics' as const, range: range(1 / 7, 4 / 7) }
      expect(await db.measurements.series({ ...query, points: 3 })).toStrictEqual({
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
        await db.measurements.series({ field, summary: 'last', range: range(0, 9), points: 1 }),
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
        await db.measurements.series({
          field: sensor.field,
          summary: 'statistics',
          range: within,
          points: 2,
        }),
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
      const series = await db.measurements.series({
        field: sensor.field,
        summary: 'statistics',
        range: range(0, 2000),
        points: 3,
      })
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
      const series = await db.measurements.series({
        field: sensor.field,
        summary: 'statistics',
        range: range(0, 3000),
        points: 3,
      })
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
        await db.measurements.series({
          field: sensor.field,
          summary: 'statistics',
          range: range(0, 9),
          points: 1,
        }),
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
        await db.measurements.series({
          field: sensor.field,
          summary: 'last',
          range: range(0, 2000),
          points: 2,
        }),
      ).toStrictEqual({
        kind: 'last',
        bucket: 1000,
        t: [time(0), time(1000)],
        value: [Uint8Array.of(3), Uint8Array.of(1001 % 256)],
        count: [3, 1],
      })
    })

    test('agrees with a naive computation', async () => {
      const { db } = database()
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.tuple(
              fc.double({ min: 0, max: 5000, noNaN: true }),
              fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
            ),
            {
              maxLength: 80,
            },
          ),
          fc.double({ min: 0, max: 2000, noNaN: true }),
          fc.double({ min: 2001, max: 6000, noNaN: true }),
          fc.integer({ min: 1, max: 30 }),
          fc.constantFrom('statistics' as const, 'last' as const),
          async (entries, from, to, points, summary) => {
            const sensor = await newSensor(db)
            const values = new Map(entries.map(([ms, value]) => [time(ms), value]))
            await db.measurements.append(
              [...values].map(([timestamp, value]) => ({ ...sensor.at(0, value), timestamp })),
              [],
            )
            const query = { field: sensor.field, summary, range: range(from, to), points }
            const series = await db.measurements.series(query)
            expect(await db.measurements.series(query)).toStrictEqual(series)
            expectNaive(series, values, query.range, points)
          },
        ),
        { numRuns: 60 },
      )
    })
  })
}

function expectNaive(
  series: Series,
  values: ReadonlyMap<number, number>,
  { from, to }: TimeRange,
  points: number,
): void {
  const within = [...values].filter(([t]) => t >= from && t < to).toSorted(([a], [b]) => a - b)
  if (within.length <= points) {
    expect(series).toStrictEqual({ kind: 'raw', t: within.map(([t]) => t), value: within.map(([, v]) => v) })
    return
  }
  if (series.kind === 'raw') throw new TypeError('Buckets were expected.')
  expect(series.t.length).toBeLessThanOrEqual(points)
  const buckets = Map.groupBy(within, ([t]) => t - (t % series.bucket))
  expect(series.t).toStrictEqual([...buckets.keys()])
  expect(series.count).toStrictEqual([...buckets.values()].map((bucket) => bucket.length))
  const numbers = [...buckets.values()].map((bucket) => bucket.map(([, v]) => v))
  if (series.kind === 'last') {
    expect(series.value).toStrictEqual(numbers.map((bucket) => bucket.at(-1)))
    return
  }
  for (const [index, bucket] of numbers.entries()) {
    const mean = bucket.reduce((sum, value) => sum + value, 0) / bucket.length
    expect(series.min[index]).toBeCloseTo(Math.min(...bucket), 12)
    expect(series.max[index]).toBeCloseTo(Math.max(...bucket), 12)
    expect(series.mean[index]).toBeCloseTo(mean, 6)
  }
}
