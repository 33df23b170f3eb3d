import { DAY, HOUR, MINUTE, type TimeRange, timestampMs } from '@senio/protocol'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import { type DatabaseUnderTest, newSensor, type TestSensor, time } from '../contract/database-under-test.ts'
import { CAPACITY } from '../sql/pyramid/levels.ts'
import { PostgresSession } from './session.ts'
import { openTestDatabase } from './testing.ts'

const serverUrl = await postgresServerUrl()

const DAYS = 50
const POINTS = 100

describe.skipIf(serverUrl === null)('rows read', () => {
  let database: DatabaseUnderTest
  let minutely: TestSensor
  let hourly: TestSensor

  beforeAll(async () => {
    database = await openTestDatabase(await createTestDatabase(serverUrl ?? ''))
    const { db } = database
    minutely = await newSensor(db)
    hourly = await newSensor(db)
    const minutes = Array.from({ length: DAYS * 1440 }, (_, n) => minutely.at(n * MINUTE, n % 7))
    for (let i = 0; i < minutes.length; i += 10_000)
      await db.measurements.append(minutes.slice(i, i + 10_000), [])
    await db.measurements.append(
      Array.from({ length: DAYS * 24 }, (_, n) => hourly.at(n * HOUR, n)),
      [],
    )
  }, 120_000)
  afterAll(() => database.dispose())

  /** How many rows a read took out of the database. */
  const rowsOf = async (read: () => Promise<unknown>): Promise<number> => {
    const tuples = vi.spyOn(PostgresSession.prototype, 'tuples')
    try {
      await read()
      const results = await Promise.all(
        tuples.mock.results.map(({ value }) => value as Promise<readonly unknown[]>),
      )
      return results.reduce((sum, rows) => sum + rows.length, 0)
    } finally {
      tuples.mockRestore()
    }
  }

  const series = ({ field }: TestSensor, range: TimeRange) =>
    rowsOf(() =>
      database.db.measurements.series({
        field,
        summary: 'statistics',
        range,
        points: POINTS,
        now: time(DAYS * DAY),
      }),
    )

  it('for a graph follow its points, not its range', async () => {
    expect(await series(minutely, last(DAYS))).toBeLessThan(6 * POINTS)
    expect(await series(minutely, last(DAYS / 2))).toBeLessThan(6 * POINTS)
  })

  it('for a graph are bounded by the points for every range', async () => {
    for (let days = 0.05; days <= DAYS; days *= 1.3) {
      expect(await series(minutely, last(days))).toBeLessThan((CAPACITY + 4) * POINTS)
    }
  })

  it('for a graph of few values are not many more than these', async () => {
    expect(await series(hourly, last(DAYS))).toBeLessThan(DAYS * 24 + 2 * POINTS)
  })

  it('for an instant, the extent, a film strip and a page follow what they give', async () => {
    const { measurements } = database.db
    const { field, fields, id } = minutely
    expect(await rowsOf(() => measurements.valuesAt(fields, time(20 * DAY)))).toBeLessThanOrEqual(2)
    expect(await rowsOf(() => measurements.extent(fields))).toBe(1)
    expect(
      await rowsOf(() => measurements.evenlySpaced({ field, range: last(DAYS), count: 60 })),
    ).toBeLessThanOrEqual(2 * 60 + 1)
    expect(await rowsOf(() => measurements.page({ sensor: id, fields, range: last(DAYS), limit: 100 }))).toBe(
      100,
    )
  })
})

function last(days: number): TimeRange {
  return { from: timestampMs(time((DAYS - days) * DAY) + 4321), to: timestampMs(time(DAYS * DAY) - 1234) }
}
