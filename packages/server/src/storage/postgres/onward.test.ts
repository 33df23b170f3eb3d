import { type FieldTypeName, HOUR, MINUTE, SECOND } from '@senio/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import {
  codeOf,
  type DatabaseUnderTest,
  newSensor,
  present,
  range,
  type TestSensor,
} from '../contract/database-under-test.ts'
import { CAPACITY } from '../sql/pyramid/levels.ts'
import type { Database } from '../storage.ts'
import { PostgresSession } from './session.ts'
import { openTestDatabase } from './testing.ts'

const serverUrl = await postgresServerUrl()

const TYPES = ['scalar', 'boolean', 'location'] as const satisfies readonly FieldTypeName[]

describe.skipIf(serverUrl === null)('values that come in the order of their time', () => {
  let database: DatabaseUnderTest
  let nodes: readonly Database[]
  beforeAll(async () => {
    database = await openTestDatabase(await createTestDatabase(serverUrl ?? ''))
    nodes = [database.db, await database.openAnother()]
  })
  afterAll(() => database.dispose())

  test('leave exact rollups and lose nothing, whoever writes or deletes in between', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const sensors = [await newSensor(database.db, ...TYPES), await newSensor(database.db, ...TYPES)]
        const run = new Run(nodes, sensors)
        for (const together of history) {
          await Promise.all(together.map((step) => run.take(step)))
          run.settle()
        }
        expect(await database.db.findFaults()).toStrictEqual([])
        for (const sensor of sensors) {
          expect(await timesOf(database.db, sensor)).toStrictEqual(run.times(sensor))
          // The next run's faults are looked for in its own.
          await database.db.sensors.delete(sensor.id)
        }
      }),
      { numRuns: 8 },
    )
  })

  test('are one message each, but for those that make a bucket too full', async () => {
    const sensor = await newSensor(database.db, 'scalar', 'scalar')
    const append = (n: number) => database.db.measurements.append([sensor.at(n * MINUTE, n, -n)], [])
    await append(0)
    await append(1)
    const spies = (['pipeline', 'tuples', 'script', 'run'] as const).map((name) =>
      vi.spyOn(PostgresSession.prototype, name),
    )
    try {
      const count = 2 * CAPACITY
      for (let n = 2; n < 2 + count; n++) await append(n)
      const messages = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
      expect(messages).toBeGreaterThanOrEqual(count)
      expect(messages).toBeLessThan(count * 1.1)
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
  })

  test('are refused when another node has deleted the field, and kept when it has added one', async () => {
    const [here, there] = [present(nodes[0]), present(nodes[1])]
    const sensor = await newSensor(here, 'scalar', 'scalar')
    for (let n = 0; n < 3; n++) await here.measurements.append([sensor.at(n, n, n)], [])
    const added = await there.sensors.addField(sensor.id, { name: 'new', type: 'scalar', unit: '' })
    const values = [{ field: added.id, value: 1 }]
    await here.measurements.append([{ ...sensor.at(5), values }], [])
    await here.measurements.append([sensor.at(6, 1, 1)], [])
    await there.sensors.deleteField(sensor.field)
    expect(await codeOf(here.measurements.append([sensor.at(7, 1, 1)], []))).toBe('not-found')
    await here.measurements.append([sensor.at(8, null, 1)], [])
    await here.measurements.append([sensor.at(9, null, 1)], [])
    await there.sensors.delete(sensor.id)
    expect(await codeOf(here.measurements.append([sensor.at(10, null, 1)], []))).toBe('not-found')
  })

  test('keep the doubles that they are', async () => {
    const { measurements } = database.db
    const sensor = await newSensor(database.db)
    const numbers = [1, 0, -0, 5e-324, -1.7976931348623157e308, 0.1 + 0.2, 2 ** 53]
    for (const [n, number] of numbers.entries()) await measurements.append([sensor.at(n / 8, number)], [])
    const page = await measurements.page({
      sensor: sensor.id,
      fields: sensor.fields,
      range: range(0, 1),
      limit: 99,
    })
    expect(page.map(({ values }) => values[0]?.value)).toStrictEqual(numbers)
  })
})

const who = { node: fc.nat(1), sensor: fc.nat(1) }
const place = fc.integer({ min: 0, max: 400 }).map((n) => n / 400)
const steps = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('onward' as const),
      ...who,
      count: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 * CAPACITY })),
      gap: fc.constantFrom<number>(SECOND / 4, 10 * SECOND, 7 * MINUTE, HOUR),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), ...who, place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), ...who, place }) },
)

/** What is done at the same time, one after another. */
const histories = fc.array(fc.array(steps, { minLength: 1, maxLength: 4 }), {
  minLength: 5,
  maxLength: 15,
  size: 'max',
})

type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never

/** What a history has come to. */
class Run {
  readonly #nodes: readonly Database[]
  readonly #sensors: readonly TestSensor[]
  readonly #times: Map<TestSensor, Set<number>>
  #clock = 0
  /** Nobody writes at earlier times any more. */
  #settled = 0

  constructor(nodes: readonly Database[], sensors: readonly TestSensor[]) {
    this.#nodes = nodes
    this.#sensors = sensors
    this.#times = new Map(sensors.map((sensor) => [sensor, new Set()]))
  }

  async take(step: Step): Promise<void> {
    const sensor = present(this.#sensors[step.sensor])
    const { measurements } = present(this.#nodes[step.node])
    if (step.kind === 'delete') {
      const until = Math.floor(this.#settled * step.place)
      for (const at of this.times(sensor)) if (at < until) this.#times.get(sensor)?.delete(at)
      await measurements.deleteRange({ sensor: sensor.id, fields: sensor.fields, range: range(-1, until) })
      return
    }
    const times =
      step.kind === 'again'
        ? [Math.ceil((this.#settled + (1.2 * this.#clock - this.#settled) * step.place) * 8) / 8]
        : Array.from({ length: step.count }, () => (this.#clock += step.gap))
    for (const at of times) this.#times.get(sensor)?.add(at)
    const value = (at: number) => Math.round(at * 7) % 100
    await measurements.append(
      times.map((at) => sensor.at(at, value(at), value(at) % 2, `{"lat":0,"lon":${value(at)}}`)),
      [],
    )
  }

  settle(): void {
    this.#settled = this.#clock
  }

  /** Ascending. */
  times(sensor: TestSensor): readonly number[] {
    return [...(this.#times.get(sensor) ?? [])].sort((a, b) => a - b)
  }
}

async function timesOf(db: Database, { id, fields }: TestSensor): Promise<readonly number[]> {
  const page = await db.measurements.page({
    sensor: id,
    fields,
    range: range(-1, 1e13),
    limit: 100_000,
  })
  const origin = range(0, 0).from
  return page.map(({ timestamp }) => timestamp - origin)
}
