import { timestampMs } from '@senio/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Database } from '../storage.ts'
import {
  newSensor,
  type OpenDatabase,
  present,
  range,
  type TestSensor,
  time,
  useDatabase,
} from './database-under-test.ts'

const ALL = range(-1e12, 1e12)

/** What the lookups and pages of `MeasurementStore` promise. */
export function measurementReadContract(open: OpenDatabase): void {
  const database = useDatabase(open)

  describe('page', () => {
    const times = async (
      db: Database,
      { id, fields }: TestSensor,
      query: Partial<Parameters<Database['measurements']['page']>[0]>,
    ) => {
      const page = await db.measurements.page({ sensor: id, fields, range: ALL, limit: 1000, ...query })
      return page.map(({ timestamp }) => timestamp - time(0))
    }

    test('takes the start of the range in and leaves its end out', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      await db.measurements.append(
        [0, 1, 2, 3].map((n) => sensor.at(n, n)),
        [],
      )
      expect(await times(db, sensor, { range: range(1, 3) })).toStrictEqual([1, 2])
      expect(await times(db, sensor, { range: range(1, 1) })).toStrictEqual([])
      expect(await times(db, sensor, { range: range(1.5, 1.75) })).toStrictEqual([])
    })

    test('merges fields in time, each measurement with the values asked for, in that order', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'scalar', 'scalar', 'scalar')
      const [a, b, c] = sensor.fields.map(present)
      await db.measurements.append(
        [
          sensor.at(2, 1, null, 3),
          sensor.at(1, null, 2, null),
          sensor.at(3, null, null, 9),
          sensor.at(4, 4, 5, 6),
        ],
        [],
      )
      const page = await db.measurements.page({
        sensor: sensor.id,
        fields: [present(b), present(a)],
        range: ALL,
        limit: 10,
      })
      expect(page).toStrictEqual([
        { timestamp: time(1), values: [{ field: b, value: 2 }], tags: null },
        { timestamp: time(2), values: [{ field: a, value: 1 }], tags: null },
        {
          timestamp: time(4),
          values: [
            { field: b, value: 5 },
            { field: a, value: 4 },
          ],
          tags: null,
        },
      ])
      expect(c).toBeDefined()
    })

    test('goes on after the last of the page before, until an empty one', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'scalar', 'scalar')
      await db.measurements.append(
        Array.from({ length: 25 }, (_, n) =>
          n % 2 === 0 ? sensor.at(n / 3, n, null) : sensor.at(n / 3, null, n),
        ),
        [],
      )
      const seen: number[] = []
      let after = time(-1)
      for (;;) {
        const page = await db.measurements.page({
          sensor: sensor.id,
          fields: sensor.fields,
          range: ALL,
          after,
          limit: 7,
        })
        if (page.length === 0) break
        expect(page.length).toBeLessThanOrEqual(7)
        seen.push(...page.flatMap(({ values }) => values.map(({ value }) => Number(value))))
        after = present(page.at(-1)).timestamp
      }
      expect(seen).toStrictEqual(Array.from({ length: 25 }, (_, n) => n))
    })

    test('does not start before the range when `after` lies before it', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      await db.measurements.append(
        [0, 5].map((n) => sensor.at(n, n)),
        [],
      )
      expect(await times(db, sensor, { range: range(5, 9), after: time(-3) })).toStrictEqual([5])
      expect(await times(db, sensor, { range: range(5, 9), after: time(5) })).toStrictEqual([])
    })

    test('follows a tag, in pages and over measurements without the asked fields', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'scalar', 'scalar')
      await db.measurements.append(
        Array.from({ length: 12 }, (_, n) => ({
          ...(n === 6 ? sensor.at(n, null, n) : sensor.at(n, n, n)),
          tags: n % 3 === 0 ? { run: n, kind: 'night' } : ['run'],
        })),
        [],
      )
      const fields = [sensor.field]
      expect(await times(db, sensor, { fields, tag: 'kind:night' })).toStrictEqual([0, 3, 9])
      expect(await times(db, sensor, { fields, tag: 'kind:night', limit: 1, after: time(0) })).toStrictEqual([
        3,
      ])
      expect(await times(db, sensor, { fields, tag: 'kind:night', range: range(3, 9) })).toStrictEqual([3])
      expect(await times(db, sensor, { fields, tag: 'run' })).toHaveLength(11)
      expect(await times(db, sensor, { fields, tag: 'Run' })).toStrictEqual([])
      expect(await times(db, sensor, { fields, tag: "' OR 1=1 --" })).toStrictEqual([])
    })

    test('is empty without values, fields or a match', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      expect(await times(db, sensor, {})).toStrictEqual([])
      await db.measurements.append([sensor.at(0, 1)], [])
      expect(await times(db, sensor, { fields: [] })).toStrictEqual([])
    })

    test('pages read at once do not disturb each other', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'scalar', 'scalar')
      await db.measurements.append(
        Array.from({ length: 300 }, (_, n) => sensor.at(n, n, -n)),
        [],
      )
      const pages = await Promise.all(
        Array.from({ length: 20 }, (_, n) => times(db, sensor, { after: time(n * 10), limit: 3 })),
      )
      expect(pages).toStrictEqual(Array.from({ length: 20 }, (_, n) => [1, 2, 3].map((m) => n * 10 + m)))
    })
  })

  describe('valuesAt', () => {
    test("gives each field's newest value at or before the instant", async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'scalar', 'scalar', 'scalar')
      const [a, b, c] = sensor.fields.map(present)
      await db.measurements.append([sensor.at(0, 1), sensor.at(10, 2, 3), sensor.at(20, 4, null, 5)], [])
      const at = (ms: number) => db.measurements.valuesAt(sensor.fields, time(ms))
      expect(await at(-1)).toStrictEqual(new Map())
      expect(await at(10)).toStrictEqual(
        new Map([
          [a, { timestamp: time(10), value: 2 }],
          [b, { timestamp: time(10), value: 3 }],
        ]),
      )
      expect(await at(1e9)).toStrictEqual(
        new Map([
          [a, { timestamp: time(20), value: 4 }],
          [b, { timestamp: time(10), value: 3 }],
          [c, { timestamp: time(20), value: 5 }],
        ]),
      )
    })
  })

  describe('extent', () => {
    test('spans all of the fields, both ends included', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'scalar', 'scalar', 'scalar')
      const extent = (...indices: readonly number[]) =>
        db.measurements.extent(indices.map((index) => present(sensor.fields[index])))
      expect(await extent(0, 1, 2)).toBeNull()
      await db.measurements.append([sensor.at(5, 1), sensor.at(3, null, 1), sensor.at(4, null, 2)], [])
      expect(await extent(0, 1, 2)).toStrictEqual({ first: time(3), last: time(5) })
      expect(await extent(1)).toStrictEqual({ first: time(3), last: time(4) })
      expect(await extent(2)).toBeNull()
      expect(await extent()).toBeNull()
    })
  })

  describe('hasValue', () => {
    test('finds bytes in the asked fields only', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'image', 'image')
      const [a, b] = sensor.fields.map(present)
      await db.measurements.append([sensor.at(0, Uint8Array.of(1, 2))], [])
      const has = (field: typeof a, ...bytes: number[]) =>
        db.measurements.hasValue([present(field)], Uint8Array.from(bytes))
      expect(await has(a, 1, 2)).toBe(true)
      expect(await has(b, 1, 2)).toBe(false)
      expect(await has(a, 1)).toBe(false)
      expect(await db.measurements.hasValue(sensor.fields, Uint8Array.of(1, 2))).toBe(true)
      expect(await db.measurements.hasValue([], Uint8Array.of(1, 2))).toBe(false)
    })

    test('does not find what was replaced', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'image')
      await db.measurements.append([sensor.at(0, Uint8Array.of(7, 7))], [])
      await db.measurements.append([sensor.at(0, Uint8Array.of(8, 8))], [])
      expect(await db.measurements.hasValue(sensor.fields, Uint8Array.of(7, 7))).toBe(false)
    })
  })

  describe('evenlySpaced', () => {
    test('gives all values when there are no more than asked for', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      await db.measurements.append(
        [1, 2, 3, 4].map((n) => sensor.at(n, n)),
        [],
      )
      const spaced = await db.measurements.evenlySpaced({ field: sensor.field, range: range(2, 5), count: 3 })
      expect(spaced.map(({ value }) => value)).toStrictEqual([2, 3, 4])
    })

    test('gives the first value of each slice, as a naive search does', async () => {
      const { db } = database()
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 60 }),
          fc.integer({ min: 1, max: 20 }),
          fc.integer({ min: 0, max: 40 }),
          fc.integer({ min: 41, max: 101 }),
          async (offsets, count, from, to) => {
            const sensor = await newSensor(db)
            const stored = [...new Set(offsets.map((ms) => time(ms)))]
            await db.measurements.append(
              stored.map((timestamp) => ({ ...sensor.at(0, 1), timestamp })),
              [],
            )
            const query = { field: sensor.field, range: range(from, to), count }
            const within = stored.filter((t) => t >= time(from) && t < time(to)).toSorted((x, y) => x - y)
            const width = to - from
            const naive =
              within.length <= count
                ? within
                : Array.from({ length: count }, (_, n) => {
                    const start = time(from) + (width * n) / count
                    const end = n === count - 1 ? time(to) : time(from) + (width * (n + 1)) / count
                    return within.find((t) => t >= start && t < end)
                  }).filter((t) => t !== undefined)
            const spaced = await db.measurements.evenlySpaced(query)
            expect(spaced.map(({ timestamp }) => timestamp)).toStrictEqual(naive)
          },
        ),
        { numRuns: 40 },
      )
    })

    test('keeps to the values with a tag, as a naive search does', async () => {
      const { db } = database()
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 60 }),
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 2, max: 5 }),
          async (offsets, count, every) => {
            const sensor = await newSensor(db, 'scalar', 'scalar')
            const isTagged = (ms: number) => ms % every === 0
            const hasValue = (ms: number) => ms % 3 !== 1
            await db.measurements.append(
              offsets.map((ms) => ({
                ...(hasValue(ms) ? sensor.at(ms, ms, ms) : sensor.at(ms, null, ms)),
                tags: isTagged(ms) ? ['night'] : ['day'],
              })),
              [],
            )
            const whole = range(0, 61)
            const within = offsets.filter((ms) => isTagged(ms) && hasValue(ms)).toSorted((x, y) => x - y)
            const slices = Array.from({ length: count }, (_, slice) =>
              within.find((ms) => ms >= (61 * slice) / count && ms < (61 * (slice + 1)) / count),
            )
            const naive = within.length <= count ? within : slices.filter((ms) => ms !== undefined)
            const tagged = { sensor: sensor.id, tag: 'night' }
            const query = { field: sensor.field, range: whole, count, tagged }
            const spaced = await db.measurements.evenlySpaced(query)
            expect(spaced.map(({ value }) => value)).toStrictEqual(naive)
            const page = await db.measurements.page({
              sensor: sensor.id,
              fields: [sensor.field],
              range: whole,
              tag: 'night',
              limit: 99,
            })
            expect(page.flatMap(({ values }) => values.map(({ value }) => value))).toStrictEqual(within)
          },
        ),
        { numRuns: 40 },
      )
    })

    test('stands a range without values', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      expect(await db.measurements.evenlySpaced({ field: sensor.field, range: ALL, count: 5 })).toStrictEqual(
        [],
      )
      const empty = { from: timestampMs(5), to: timestampMs(5) }
      expect(
        await db.measurements.evenlySpaced({ field: sensor.field, range: empty, count: 5 }),
      ).toStrictEqual([])
    })
  })

  describe('tags', () => {
    test('are the words of a sensor, each once, by code point, in pages', async () => {
      const { db } = database()
      const [sensor, other] = [await newSensor(db), await newSensor(db)]
      await db.measurements.append(
        [
          ...Array.from({ length: 50 }, (_, n) => ({ ...sensor.at(n, n), tags: ['b', n < 2 ? 'ä' : 'B'] })),
          { ...sensor.at(90, 1), tags: { run: 7, '': true } },
          { ...other.at(0, 1), tags: ['other'] },
        ],
        [],
      )
      const words = (after: string | null, limit: number, search?: string) =>
        db.measurements.tags({
          sensor: sensor.id,
          after,
          limit,
          ...(search === undefined ? {} : { search }),
        })
      expect(await words(null, 99)).toStrictEqual(['', ':true', 'B', 'b', 'run', 'run:7', 'ä'])
      expect(await words(null, 3)).toStrictEqual(['', ':true', 'B'])
      expect(await words('B', 2)).toStrictEqual(['b', 'run'])
      expect(await words('ä', 2)).toStrictEqual([])
      expect(await words(null, 99, 'b')).toStrictEqual(['B', 'b'])
      expect(await words(null, 1, 'Ä')).toStrictEqual(['ä'])
      expect(await words(null, 9, '%')).toStrictEqual([])
      await db.measurements.deleteRange({ sensor: sensor.id, fields: sensor.fields, range: range(0, 2) })
      expect(await words(null, 99)).not.toContain('ä')
      expect(await words(null, 99)).toContain('b')
    })
  })
}
