import { DAY, fieldFormat, HOUR, MINUTE, type FieldTypeName, timestampMs } from '@senio/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import {
  codeOf,
  type DatabaseUnderTest,
  newSensor,
  present,
  range,
  type TestSensor,
  time,
} from '../contract/database-under-test.ts'
import { newImage } from '../contract/measurement-append.contract.ts'
import { naiveSeries } from '../contract/naive-series.ts'
import { plainSeries } from '../contract/plain-series.ts'
import type { NewMeasurement, StoredValue } from '../measurement-store.ts'
import type { Database } from '../storage.ts'
import { openTestDatabase } from './testing.ts'

const serverUrl = await postgresServerUrl()

const TYPES = ['scalar', 'boolean', 'image', 'location'] as const satisfies readonly FieldTypeName[]
/** One for each value. */
const PICTURES = Array.from({ length: 10 }, (_, value) => newImage(`picture ${value}`))
const EVER = range(-1e12, 1e12)

describe.skipIf(serverUrl === null)('nodes that write to the same sensors at once', () => {
  let database: DatabaseUnderTest
  let nodes: readonly Database[]
  beforeAll(async () => {
    database = await openTestDatabase(await createTestDatabase(serverUrl ?? ''))
    nodes = [database.db, await database.openAnother(), await database.openAnother()]
  })
  afterAll(() => database.dispose())

  test('leave rollups that agree with the values, and nobody is sent away', async () => {
    await database.db.measurements.append([], PICTURES)
    await fc.assert(
      fc.asyncProperty(histories, async ({ span, writers }) => {
        const sensors = [await newSensor(database.db, ...TYPES), await newSensor(database.db, ...TYPES)]
        await Promise.all(writers.map((steps, writer) => write(present(nodes[writer]), sensors, span, steps)))
        for (const sensor of sensors) await expectExact(present(nodes[0]), sensor, span)
      }),
      { numRuns: 12 },
    )
    expect(await database.db.findFaults()).toStrictEqual([])
  })

  test('do not stop each other when their calls name sensors in opposite orders', async () => {
    const sensors = await Promise.all(Array.from({ length: 12 }, () => newSensor(database.db)))
    const calls = Array.from({ length: 60 }, (_, call) => {
      const order = call % 2 === 0 ? sensors : sensors.toReversed()
      return present(nodes[call % nodes.length]).measurements.append(
        order.map((sensor) => sensor.at(call, call)),
        [],
      )
    })
    await Promise.all(calls)
    for (const { id, fields } of sensors) {
      const page = await database.db.measurements.page({ sensor: id, fields, range: EVER, limit: 99 })
      expect(page).toHaveLength(60)
    }
  })

  test('keep a picture that one of them forgets while another one publishes it', async () => {
    const sensor = await newSensor(database.db, 'image')
    const images = Array.from({ length: 40 }, (_, n) => newImage(`raced ${n}`))
    await database.db.measurements.append([], images)
    await database.db.images.noteUnreferenced(
      images.map(({ sha1 }) => sha1),
      time(0),
    )
    await Promise.all(
      images.map(async (image, n) => {
        const value = Buffer.from(image.sha1, 'hex')
        const append = present(nodes[1]).measurements.append([sensor.at(n, value)], [image])
        await Promise.all([append, present(nodes[2]).images.forget([image.sha1], time(1))])
      }),
    )
    expect((await database.db.images.find(images.map(({ sha1 }) => sha1))).size).toBe(images.length)
  })

  test('refuse one of two pictures that collide', async () => {
    const image = newImage('collides')
    const forged = { ...image, sha256: newImage('otherwise').sha256 }
    const outcomes = await Promise.allSettled([
      present(nodes[0]).measurements.append([], [image]),
      present(nodes[1]).measurements.append([], [forged]),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('store nothing in a field that another one deletes meanwhile, or before', async () => {
    for (let round = 0; round < 10; round++) {
      const sensor = await newSensor(database.db, 'scalar', 'scalar')
      const appends = Promise.allSettled(
        Array.from({ length: 20 }, (_, n) =>
          present(nodes[n % 2]).measurements.append([sensor.at(n, n, n)], []),
        ),
      )
      await present(nodes[2]).sensors.deleteField(sensor.field)
      await appends
      expect(await codeOf(present(nodes[1]).measurements.append([sensor.at(99, 1)], []))).toBe('not-found')
      await present(nodes[2]).measurements.purgeDeleted()
      expect(await database.db.measurements.extent([sensor.field])).toBeNull()
    }
  })
})

const place = fc.integer({ min: 0, max: 400 }).map((n) => n / 400)
/** Where hardly any two values meet: whoever stores them waits for nobody else's. */
const ownPlace = fc.integer({ min: 0, max: 1e9 }).map((n) => n / 1e9)

const valuesAt = (places: fc.Arbitrary<number>) =>
  fc.array(fc.tuple(places, fc.integer({ min: 0, max: 9 })), { minLength: 20, maxLength: 150, size: 'max' })

const histories = fc.record({
  span: fc.constantFrom(10 * MINUTE, 7 * HOUR, 40 * DAY),
  writers: fc.array(
    fc.array(
      fc.oneof(
        {
          weight: 4,
          arbitrary: fc.record({
            kind: fc.constant('append' as const),
            sensor: fc.nat(1),
            values: fc.oneof(valuesAt(ownPlace), valuesAt(place)),
          }),
        },
        {
          weight: 1,
          arbitrary: fc.record({
            kind: fc.constant('delete' as const),
            sensor: fc.nat(1),
            from: place,
            to: place,
          }),
        },
      ),
      { minLength: 4, maxLength: 8 },
    ),
    { minLength: 2, maxLength: 3 },
  ),
})

type History = typeof histories extends fc.Arbitrary<infer T> ? T : never

async function write(
  node: Database,
  sensors: readonly TestSensor[],
  span: number,
  steps: History['writers'][number],
): Promise<void> {
  // By twos: a node alone commits all that waits at once.
  const next = steps.values()
  const writeOn = async (): Promise<void> => {
    for (const step of next) {
      const sensor = present(sensors[step.sensor])
      if (step.kind === 'append') {
        await node.measurements.append(
          step.values.map(([at, value]) => measurement(sensor, at * span, value)),
          [],
        )
        continue
      }
      const [from, to] = [Math.min(step.from, step.to), Math.max(step.from, step.to)]
      await node.measurements.deleteRange({
        sensor: sensor.id,
        fields: sensor.fields,
        range: range(from * span, to * span),
      })
    }
  }
  await Promise.all([writeOn(), writeOn()])
}

/** All types of fields, some of them missing here and there. */
function measurement(sensor: TestSensor, ms: number, value: number): NewMeasurement {
  const values: readonly (StoredValue | null)[] = [
    value / 8,
    value % 3 === 0 ? null : value % 2,
    value % 2 === 0 ? Buffer.from(present(PICTURES[value]).sha1, 'hex') : null,
    `{"lat":0,"lon":${value}}`,
  ]
  return sensor.at(ms, ...values)
}

/** Every field's series is what its values make, computed naively. */
async function expectExact(db: Database, sensor: TestSensor, span: number): Promise<void> {
  for (const [index, type] of TYPES.entries()) {
    const field = present(sensor.fields[index])
    const page = await db.measurements.page({ sensor: sensor.id, fields: [field], range: EVER, limit: 5000 })
    const numbers = new Map(
      page.map(({ timestamp, values }) => {
        const value = values[0]?.value
        return [timestamp, typeof value === 'number' ? value : 0] as const
      }),
    )
    const query = {
      field,
      summary: fieldFormat(type).summary,
      range: { from: time(span / 7), to: timestampMs(time(span) + 1) },
      points: 7,
      now: time(2 * span),
    }
    const series = plainSeries(await db.measurements.series(query))
    const naive = naiveSeries(numbers, query)
    if (series.kind === 'raw' || naive.kind === 'raw') {
      expect(series.t).toStrictEqual(naive.t)
      continue
    }
    expect(series.t).toStrictEqual(naive.t)
    expect(series.count).toStrictEqual(naive.count)
    if (series.kind !== 'statistics' || naive.kind !== 'statistics') continue
    expect(series.min).toStrictEqual(naive.min)
    expect(series.max).toStrictEqual(naive.max)
    for (const [bucket, mean] of naive.mean.entries()) expect(series.mean[bucket]).toBeCloseTo(mean, 9)
  }
}
