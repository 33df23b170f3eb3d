import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { NewImage } from '../image-store.ts'
import type { StoredValue } from '../measurement-store.ts'
import type { Database } from '../storage.ts'
import {
  codeOf,
  newSensor,
  type OpenDatabase,
  range,
  type TestSensor,
  time,
  useDatabase,
} from './database-under-test.ts'

const ALL = range(-1e12, 1e12)

/** What `MeasurementStore.append` promises. */
export function measurementAppendContract(open: OpenDatabase): void {
  const database = useDatabase(open)

  const all = (db: Database, { id, fields }: TestSensor) =>
    db.measurements.page({ sensor: id, fields, range: ALL, limit: 1000 })

  const values = async (db: Database, sensor: TestSensor): Promise<StoredValue[]> =>
    (await all(db, sensor)).flatMap((measurement) => measurement.values.map(({ value }) => value))

  describe('append', () => {
    test.each([0.1 + 0.2, -0, 0, 5e-324, 1e308, -1.7976931348623157e308, 22, 2 ** 53, 1 / 3])(
      'gives the number %d back as the same double',
      async (number) => {
        const { db } = database()
        const sensor = await newSensor(db)
        await db.measurements.append([sensor.at(0, number)], [])
        expect(await values(db, sensor)).toStrictEqual([number])
      },
    )

    test.each([1474638041614.14, 1474383378795.2, 1.5, 8.64e15])(
      'keeps the timestamp %d exactly',
      async (ts) => {
        const { db } = database()
        const sensor = await newSensor(db)
        const timestamp = time(ts - time(0))
        await db.measurements.append([{ ...sensor.at(0, 1), timestamp }], [])
        expect((await db.measurements.valuesAt(sensor.fields, timestamp)).get(sensor.field)?.timestamp).toBe(
          timestamp,
        )
      },
    )

    test.each<[string, StoredValue]>([
      ['text', '{"lat":52.5,"lon":13.4}'],
      ['text beyond the BMP', 'Grüße 🌱'],
      ['digits', '22'],
      ['empty text', ''],
      ['bytes', Uint8Array.of(0, 255, 128)],
    ])('keeps %s', async (_, value) => {
      const { db } = database()
      const sensor = await newSensor(db)
      await db.measurements.append([sensor.at(0, value)], [])
      expect(await values(db, sensor)).toStrictEqual([value])
    })

    test('does not mind a view of a larger buffer', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'image')
      await db.measurements.append([sensor.at(0, Buffer.from('0a0b', 'hex'))], [])
      expect(await values(db, sensor)).toStrictEqual([Uint8Array.of(10, 11)])
    })

    test('changes nothing when the same is published again', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      const measurement = { ...sensor.at(0, 1), tags: ['a'] }
      await db.measurements.append([measurement, measurement], [])
      await db.measurements.append([measurement], [])
      expect(await all(db, sensor)).toStrictEqual([
        { timestamp: time(0), values: [{ field: sensor.field, value: 1 }], tags: ['a'] },
      ])
    })

    test.each<[StoredValue, StoredValue]>([
      [1, 2],
      [0, -0],
      [-0, 0],
      ['1', 1],
      [Uint8Array.of(1), Uint8Array.of(2)],
    ])('replaces %o by %o', async (old, value) => {
      const { db } = database()
      const sensor = await newSensor(db)
      await db.measurements.append([sensor.at(0, old)], [])
      await db.measurements.append([sensor.at(0, value)], [])
      expect(await values(db, sensor)).toStrictEqual([value])
    })

    test('takes the last of two different values in one call', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      await db.measurements.append([sensor.at(0, 1), sensor.at(0, 2)], [])
      expect(await values(db, sensor)).toStrictEqual([2])
    })

    test('joins other fields at the same timestamp', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'scalar', 'scalar')
      await db.measurements.append([sensor.at(0, null, 2)], [])
      await db.measurements.append([sensor.at(0, 1, null)], [])
      expect(await values(db, sensor)).toStrictEqual([1, 2])
      expect(await all(db, sensor)).toHaveLength(1)
    })

    test('sorts what comes out of order', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      await db.measurements.append([sensor.at(20, 2), sensor.at(-1e11, 0), sensor.at(10, 1)], [])
      expect(await values(db, sensor)).toStrictEqual([0, 1, 2])
    })

    test('does nothing for no measurements', async () => {
      const { db } = database()
      await expect(db.measurements.append([], [])).resolves.toBeUndefined()
    })
  })

  describe('tags', () => {
    test.each([[['a', 'b']], [[]], [{}], [{ run: 'k:1', count: 2.5, good: true, b: '', a: 'ä🌱' }]])(
      'gives %j back as sent',
      async (tags) => {
        const { db } = database()
        const sensor = await newSensor(db)
        await db.measurements.append([{ ...sensor.at(0, 1), tags }], [])
        expect((await all(db, sensor)).map((measurement) => JSON.stringify(measurement.tags))).toStrictEqual([
          JSON.stringify(tags),
        ])
      },
    )

    test('null leaves those of an earlier publish', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'scalar', 'scalar')
      await db.measurements.append([{ ...sensor.at(0, 1), tags: ['old'] }], [])
      await db.measurements.append([sensor.at(0, null, 2)], [])
      expect((await all(db, sensor)).map(({ tags }) => tags)).toStrictEqual([['old']])
    })

    test('anything else replaces them, for the answer and the search', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      const found = (tag: string) =>
        db.measurements.page({ sensor: sensor.id, fields: sensor.fields, range: ALL, tag, limit: 10 })
      await db.measurements.append([{ ...sensor.at(0, 1), tags: ['old', 'both'] }], [])
      await db.measurements.append([{ ...sensor.at(0, 1), tags: { both: 'x' } }], [])
      expect(await found('old')).toHaveLength(0)
      expect(await found('both:x')).toHaveLength(1)
      expect((await found('both')).map(({ tags }) => tags)).toStrictEqual([{ both: 'x' }])
    })

    test('belong to one sensor', async () => {
      const { db } = database()
      const [one, other] = [await newSensor(db), await newSensor(db)]
      await db.measurements.append([{ ...one.at(0, 1), tags: ['a'] }, other.at(0, 2)], [])
      expect((await all(db, other)).map(({ tags }) => tags)).toStrictEqual([null])
    })
  })

  describe('all or nothing', () => {
    test('a call with a deleted field stores nothing of itself, and is told so', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'scalar', 'scalar')
      const measurement = sensor.at(0, 1, 2)
      await db.sensors.deleteField(sensor.field)
      const append = db.measurements.append(
        [sensor.at(10, null, 3), measurement],
        [newImage('deleted field')],
      )
      expect(await codeOf(append)).toBe('not-found')
      expect(await all(db, sensor)).toStrictEqual([])
      expect(await db.images.find([newImage('deleted field').sha1])).toStrictEqual(new Map())
    })

    test('a call with a field of another sensor stores nothing', async () => {
      const { db } = database()
      const [one, other] = [await newSensor(db), await newSensor(db)]
      expect(await codeOf(db.measurements.append([{ ...one.at(0, 1), sensor: other.id }], []))).toBe(
        'not-found',
      )
    })

    test('a deleted sensor takes nothing more', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      await db.sensors.delete(sensor.id)
      expect(await codeOf(db.measurements.append([sensor.at(0, 1)], []))).toBe('not-found')
    })

    test('a sensor deleted by another process takes nothing more', async () => {
      const { db, openAnother } = database()
      const sensor = await newSensor(db)
      await db.measurements.append([sensor.at(0, 1)], [])
      await (await openAnother()).sensors.delete(sensor.id)
      expect(await codeOf(db.measurements.append([sensor.at(1, 1)], []))).toBe('not-found')
    })

    test('calls that are refused leave those beside them alone', async () => {
      const { db } = database()
      const [good, bad] = [await newSensor(db), await newSensor(db)]
      await db.sensors.delete(bad.id)
      const outcomes = await Promise.allSettled(
        Array.from({ length: 50 }, (_, n) =>
          db.measurements.append([(n % 3 === 1 ? bad : good).at(n, n)], []),
        ),
      )
      expect(outcomes.map(({ status }) => status === 'rejected')).toStrictEqual(
        Array.from({ length: 50 }, (_, n) => n % 3 === 1),
      )
      expect(await values(db, good)).toStrictEqual(
        Array.from({ length: 50 }, (_, n) => n).filter((n) => n % 3 !== 1),
      )
    })

    test('what was resolved is seen at once and after opening again', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      await Promise.all(
        Array.from({ length: 200 }, async (_, n) => {
          await db.measurements.append([sensor.at(n, n)], [])
          expect((await db.measurements.valuesAt(sensor.fields, time(n))).get(sensor.field)?.value).toBe(n)
        }),
      )
      await database().reopen()
      expect(await values(database().db, sensor)).toHaveLength(200)
    })

    test('is seen by another process at once', async () => {
      const { db, openAnother } = database()
      const other = await openAnother()
      const sensor = await newSensor(db)
      await db.measurements.append([sensor.at(0, 1)], [])
      expect(await values(other, sensor)).toStrictEqual([1])
      await other.measurements.append([sensor.at(1, 2)], [])
      expect(await values(db, sensor)).toStrictEqual([1, 2])
    })

    test('two processes that publish at once both get through', async () => {
      const { db, openAnother } = database()
      const other = await openAnother()
      const sensor = await newSensor(db)
      await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          (n % 2 === 0 ? db : other).measurements.append([sensor.at(n, n)], []),
        ),
      )
      expect(await values(db, sensor)).toHaveLength(100)
    })
  })

  describe('images of a measurement', () => {
    test('are known once it is stored', async () => {
      const { db } = database()
      const sensor = await newSensor(db, 'image')
      const image = newImage('known')
      await db.measurements.append([sensor.at(0, Buffer.from(image.sha1, 'hex'))], [image])
      expect(await db.images.find([image.sha1])).toStrictEqual(
        new Map([[image.sha1, { ...image, state: 'pending' }]]),
      )
    })

    test('keep their old facts when they come again', async () => {
      const { db } = database()
      const image = newImage('again')
      await db.measurements.append([], [image])
      await db.measurements.append([], [{ ...image, created: time(99), width: 1 }])
      expect((await db.images.find([image.sha1])).get(image.sha1)).toMatchObject(image)
    })

    test('are refused with another SHA-256, and nothing of the call is stored', async () => {
      const { db } = database()
      const sensor = await newSensor(db)
      const image = newImage('collision')
      const forged = { ...image, sha256: newImage('forged').sha256 }
      await db.measurements.append([], [image])
      expect(await codeOf(db.measurements.append([sensor.at(0, 1)], [newImage('beside'), forged]))).toBe(
        'image-hash-collision',
      )
      expect(await values(db, sensor)).toStrictEqual([])
      expect(await db.images.find([newImage('beside').sha1])).toStrictEqual(new Map())
    })

    test('are refused when two of one call collide', async () => {
      const { db } = database()
      const image = newImage('twins')
      const append = db.measurements.append([], [image, { ...image, sha256: newImage('x').sha256 }])
      expect(await codeOf(append)).toBe('image-hash-collision')
      expect(await db.images.find([image.sha1])).toStrictEqual(new Map())
    })
  })
}

/** The facts about a picture that consists of this text. */
export function newImage(text: string): NewImage {
  return {
    sha1: createHash('sha1').update(text).digest('hex'),
    sha256: createHash('sha256').update(text).digest('hex'),
    mediaType: 'image/jpeg',
    bytes: text.length,
    width: 640,
    height: 480,
    damaged: false,
    created: time(0),
  }
}
