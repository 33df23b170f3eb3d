import { DAY, MINUTE, timestampMs } from '@senio/protocol'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inDatabase, type PostgresTestDatabase } from '../../testing/postgres/test-database.ts'
import { createTimescaleDatabase, timescaleServers } from '../../testing/postgres/timescale-database.ts'
import { codeOf, newSensor, present, range, type TestSensor, time } from '../contract/database-under-test.ts'
import { newImage } from '../contract/measurement-append.contract.ts'
import { naiveSeries } from '../contract/naive-series.ts'
import { plainSeries } from '../contract/plain-series.ts'
import type { Database } from '../storage.ts'
import { valueTableSql } from './migrations/value-table.ts'
import { openPostgresDatabase } from './postgres-database.ts'
import { postgresDatabaseContract } from './postgres-database.contract.ts'
import { testOptions } from './testing.ts'

/** What a chunk holds. */
const MONTH = 30 * DAY
const EVER = range(-1e12, 1e13)

test('a hypertable takes the place of our partitions', () => {
  const none = { hypertables: false, distribution: false }
  const sql = valueTableSql({ ...none, hypertables: true })
  expect(sql).toMatch(/create_hypertable\('value', 'ts', chunk_time_interval => 2592000000::bigint/)
  expect(sql).not.toMatch(/PARTITION/)
  expect(valueTableSql(none)).not.toMatch(/hypertable/)
})

describe.each(timescaleServers())('PostgreSQL with TimescaleDB', (server) => {
  postgresDatabaseContract(() => createTimescaleDatabase(server))

  describe('a hypertable of values', () => {
    let place: PostgresTestDatabase
    let admin: pg.Client
    let here: Database
    let there: Database
    beforeAll(async () => {
      place = await createTimescaleDatabase(server)
      admin = new pg.Client({ connectionString: inDatabase(server, new URL(place.url).pathname.slice(1)) })
      await admin.connect()
    })
    beforeEach(async () => {
      here = await openPostgresDatabase(testOptions(place.url))
      there = await openPostgresDatabase(testOptions(place.url))
      return closeBoth
    })
    afterAll(async () => {
      await admin.end()
      await place.drop()
    })
    const closeBoth = () => Promise.all([here.close(), there.close()])

    /** Where the chunks begin, in months. */
    const chunks = async (): Promise<readonly number[]> => {
      const { rows } = await admin.query<{ start: string }>(
        `SELECT range_start_integer AS start FROM timescaledb_information.chunks
         WHERE hypertable_schema = 'senio' AND hypertable_name = 'value' ORDER BY 1`,
      )
      return rows.map(({ start }) => Number(start) / MONTH)
    }
    const count = async ({ id }: TestSensor): Promise<number> => {
      const { rows } = await admin.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM senio.value WHERE sensor = $1',
        [id],
      )
      return rows[0]?.n ?? 0
    }
    const timesOf = async ({ id, fields }: TestSensor): Promise<readonly number[]> => {
      const page = await there.measurements.page({ sensor: id, fields, range: EVER, limit: 10_000 })
      return page.map(({ timestamp }) => timestamp - time(0))
    }

    test('has a chunk for thirty days in which something was measured', async () => {
      const sensor = await newSensor(here)
      const before = await chunks()
      const first = 1000
      const times = [first * MONTH, (first + 1) * MONTH - 0.125, (first + 1) * MONTH, (first + 40) * MONTH]
      await here.measurements.append(
        times.map((timestamp, n) => ({ ...sensor.at(0, n), timestamp: timestampMs(timestamp) })),
        [],
      )
      expect(await chunks()).toStrictEqual([...before, first, first + 1, first + 40])
    })

    test('is read, deleted and purged across chunks', async () => {
      const sensor = await newSensor(here)
      const { id, field, fields } = sensor
      const days = Array.from({ length: 200 }, (_, n) => n)
      const values = new Map(days.map((day) => [time(day * DAY), day % 7]))
      await here.measurements.append(
        days.map((day) => sensor.at(day * DAY, day % 7)),
        [],
      )
      expect(await timesOf(sensor)).toStrictEqual(days.map((day) => day * DAY))
      expect(await there.measurements.extent(fields)).toStrictEqual({ first: time(0), last: time(199 * DAY) })
      const at = await there.measurements.valuesAt(fields, time(100.5 * DAY))
      expect(at.get(field)).toStrictEqual({ timestamp: time(100 * DAY), value: 100 % 7 })
      const strip = await there.measurements.evenlySpaced({ field, range: range(0, 200 * DAY), count: 5 })
      expect(strip.map(({ timestamp }) => timestamp - time(0))).toStrictEqual(
        [0, 40, 80, 120, 160].map((day) => day * DAY),
      )
      const expectGraph = async (summary: 'statistics' | 'last'): Promise<void> => {
        const query = { field, summary, range: range(DAY / 2, 190 * DAY), points: 50, now: time(200 * DAY) }
        const [series, naive] = [await there.measurements.series(query), naiveSeries(values, query)]
        expect(plainSeries(series)).toStrictEqual(naive)
      }
      await expectGraph('statistics')
      await expectGraph('last')

      await here.measurements.deleteRange({ sensor: id, fields, range: range(20 * DAY, 120 * DAY) })
      for (const day of days) if (day >= 20 && day < 120) values.delete(time(day * DAY))
      expect(await timesOf(sensor)).toStrictEqual([...values.keys()].map((t) => t - time(0)))
      await expectGraph('statistics')

      await here.sensors.delete(id)
      await there.measurements.purgeDeleted()
      expect(await count(sensor)).toBe(0)
      expect(await here.findFaults()).toStrictEqual([])
    })

    test('loses a thousand values as quickly as one, however many chunks there are', async () => {
      const node = await openPostgresDatabase({ ...testOptions(place.url), statementTimeout: 1000 })
      try {
        const sensor = await newSensor(here)
        const { id, fields } = sensor
        await here.measurements.append(
          Array.from({ length: 300 }, (_, month) => sensor.at(month * MONTH, 0)),
          [],
        )
        const minutes = Array.from({ length: 1000 }, (_, n) => sensor.at(150 * MONTH + n * MINUTE, n))
        await here.measurements.append(minutes, [])
        await node.measurements.deleteRange({ sensor: id, fields, range: range(150 * MONTH, 151 * MONTH) })
        expect(await count(sensor)).toBe(299)
      } finally {
        await node.close()
      }
    })

    test('takes what two nodes publish to old and new times at once', async () => {
      const shared = await newSensor(here, 'scalar', 'location', 'image')
      const own = [
        await newSensor(here, 'scalar', 'image'),
        await newSensor(here, 'scalar', 'image'),
      ] as const
      const pictures = Array.from({ length: 6 }, (_, n) => newImage(`of both ${n}`))
      const months = Array.from({ length: 120 }, (_, n) => n - 60)
      const hash = (month: number) => Buffer.from(present(pictures[(month + 60) % 6]).sha1, 'hex')
      const publish = async (
        node: Database,
        sensor: TestSensor,
        offset: number,
        order: readonly number[],
      ) => {
        // Each makes chunks that the other one is about to make, and both have the same pictures.
        for (let next = 0; next < order.length; next += 12) {
          await Promise.all(
            order.slice(next, next + 12).flatMap((month) => {
              const at = month * MONTH + offset
              return [
                node.measurements.append([sensor.at(at, month, hash(month))], pictures),
                node.measurements.append([shared.at(at, month, '{"lat":0,"lon":0}')], []),
                node.measurements.append([shared.at(at, null, null, hash(month))], pictures),
              ]
            }),
          )
        }
      }
      await Promise.all([
        publish(here, own[0], 0, months),
        publish(there, own[1], 1, months.toReversed()),
        publish(here, own[0], 2, months.toReversed()),
        publish(there, own[1], 3, months),
      ])
      const timesWith = (...offsets: readonly number[]) =>
        months.flatMap((month) => offsets.map((offset) => month * MONTH + offset))
      expect(await timesOf(own[0])).toStrictEqual(timesWith(0, 2))
      expect(await timesOf(own[1])).toStrictEqual(timesWith(1, 3))
      expect(await timesOf(shared)).toStrictEqual(timesWith(0, 1, 2, 3))
      expect(await count(shared)).toBe(3 * 4 * months.length)
      expect(await here.findFaults()).toStrictEqual([])
      // Connections that end tell what they have met.
      await closeBoth()
      const open = async () =>
        (
          await admin.query(
            `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'senio'`,
          )
        ).rowCount
      await expect.poll(open).toBe(0)
      const { rows } = await admin.query<{ deadlocks: number }>(
        'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
      )
      expect(rows).toStrictEqual([{ deadlocks: 0 }])
    })

    test('refuses for a while what needs a chunk that cannot be made, and then takes it', async () => {
      const node = await openPostgresDatabase({ ...testOptions(place.url), lockTimeout: 50 })
      try {
        const sensor = await newSensor(node)
        await node.measurements.append([sensor.at(0, 0)], [])
        await admin.query('BEGIN; LOCK TABLE senio.value IN SHARE UPDATE EXCLUSIVE MODE')
        expect(await codeOf(node.measurements.append([sensor.at(400 * MONTH, 1)], []))).toBe('overloaded')
        await node.measurements.append([sensor.at(1, 1)], [])
        await admin.query('COMMIT')
        await node.measurements.append([sensor.at(400 * MONTH, 1)], [])
        expect(await timesOf(sensor)).toStrictEqual([0, 1, 400 * MONTH])
      } finally {
        await admin.query('ROLLBACK')
        await node.close()
      }
    })

    test('gets its chunks for a role that may write to it and owns nothing', async () => {
      const role = `app_${new URL(place.url).username}`
      await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'; GRANT USAGE ON SCHEMA senio TO ${role};
        GRANT ALL ON ALL TABLES IN SCHEMA senio TO ${role}; GRANT ALL ON ALL SEQUENCES IN SCHEMA senio TO ${role}`)
      try {
        const url = new URL(place.url)
        url.username = role
        url.password = role
        const node = await openPostgresDatabase(testOptions(url.href))
        try {
          const sensor = await newSensor(node)
          await node.measurements.append([sensor.at(200 * MONTH, 1), sensor.at(201 * MONTH, 1)], [])
          await node.measurements.deleteRange({
            sensor: sensor.id,
            fields: sensor.fields,
            range: range(0, 200.5 * MONTH),
          })
          expect(await timesOf(sensor)).toStrictEqual([201 * MONTH])
        } finally {
          await node.close()
        }
      } finally {
        await admin.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
      }
    })
  })
})
