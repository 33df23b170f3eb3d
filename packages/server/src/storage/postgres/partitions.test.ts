import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createTestDatabase,
  postgresServerUrl,
  type PostgresTestDatabase,
} from '../../testing/postgres/test-database.ts'
import { newSensor, type TestSensor } from '../contract/database-under-test.ts'
import type { Database } from '../storage.ts'
import { DAY, timestampMs } from '@senio/protocol'
import { WHOLE_MS } from './migrations/value-table.ts'
import { partitionOf } from './partitions.ts'
import { openPostgresDatabase } from './postgres-database.ts'
import { testOptions } from './testing.ts'

const serverUrl = await postgresServerUrl()

const FIRST = Date.UTC(2026, 5)

describe('the partition of a timestamp', () => {
  test.each([
    [Date.UTC(2026, 5), { name: 'value_m2026_06', from: Date.UTC(2026, 5), to: Date.UTC(2026, 6) }],
    [
      Date.UTC(2026, 11, 31, 23) + 0.5,
      { name: 'value_m2026_12', from: Date.UTC(2026, 11), to: Date.UTC(2027, 0) },
    ],
    [Date.UTC(2026, 5) - 0.001, { name: 'value_y2026', from: Date.UTC(2026, 0), to: FIRST }],
    [Date.UTC(2019, 3), { name: 'value_y2019', from: Date.UTC(2019, 0), to: Date.UTC(2020, 0) }],
    [-1, null],
    [Date.UTC(2200, 0), null],
    [8.64e15, null],
  ])('%d', (timestamp, partition) => {
    expect(partitionOf(timestamp, FIRST)).toStrictEqual(partition)
  })

  test('leaves no gap and no overlap', () => {
    let end = 0
    for (let next = partitionOf(0, FIRST); next !== null; next = partitionOf(next.to, FIRST)) {
      expect(next.from).toBe(end)
      end = next.to
    }
    expect(end).toBe(Date.UTC(2200, 0))
  })
})

describe.skipIf(serverUrl === null)('partitions of values', () => {
  let place: PostgresTestDatabase
  beforeAll(async () => {
    place = await createTestDatabase(serverUrl ?? '')
  })
  afterAll(() => place.drop())

  test('of TimescaleDB are found for every bound that a query has', async () => {
    const client = new pg.Client({ connectionString: place.url })
    await client.connect()
    await client.query(`SET search_path = pg_temp; ${WHOLE_MS.replace('whole_ms', 'pg_temp.whole_ms')}`)
    const { rows } = await client.query<{ whole: string }>(
      `SELECT pg_temp.whole_ms(ts) AS whole
       FROM unnest('{-Infinity,-1e300,-8.64e15,-0.5,1.5,8.64e15,Infinity}'::float8[]) WITH ORDINALITY AS t(ts, n) ORDER BY n`,
    )
    await client.end()
    expect(rows.map(({ whole }) => Number(whole))).toStrictEqual([
      -8.64e15, -8.64e15, -8.64e15, -1, 1, 8.64e15, 8.64e15,
    ])
  })

  const partitions = async (): Promise<readonly string[]> => {
    const client = new pg.Client({ connectionString: place.url })
    await client.connect()
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
       WHERE inhparent = 'senio.value'::regclass ORDER BY relname COLLATE "C"`,
    )
    await client.end()
    return rows.map(({ name }) => name)
  }

  test('are made ahead by whoever is there, and for what comes late, once, however many nodes want them', async () => {
    const clock = { now: Date.now() }
    const opened = await Promise.all(
      Array.from({ length: 4 }, () =>
        openPostgresDatabase({ ...testOptions(place.url), now: () => clock.now }),
      ),
    )
    try {
      const ahead = (await partitions()).filter((name) => name.startsWith('value_m'))
      expect(ahead).toHaveLength(3)
      const sensor = await newSensor(opened[0] as Database)
      const scattered = [2013, 2014, 2013, 1999].map((year, n) => ({
        ...sensor.at(0, n),
        timestamp: timestampMs(Date.UTC(year, n)),
      }))
      await Promise.all(opened.map((db, n) => db.measurements.append([scattered[n] ?? sensor.at(0, 1)], [])))
      const made = await partitions()
      expect(made.filter((name) => name.startsWith('value_y'))).toStrictEqual([
        'value_y1999',
        'value_y2013',
        'value_y2014',
      ])
      clock.now = Date.UTC(new Date(clock.now).getUTCFullYear() + 1, 6, 15)
      await Promise.all(opened.map(runUpkeep))
      expect((await partitions()).filter((name) => name.startsWith('value_m')).length).toBe(6)
    } finally {
      await Promise.all(opened.map((db) => db.close()))
    }
  })

  test('are refused to a role that may not make them when it starts, and to one that may no longer, alone', async () => {
    const app = `app_${new URL(place.url).username}`
    const adminUrl = new URL(serverUrl ?? '')
    adminUrl.pathname = new URL(place.url).pathname
    const admin = new pg.Client({ connectionString: adminUrl.href })
    await admin.connect()
    await admin.query(`CREATE ROLE ${app} LOGIN PASSWORD '${app}'; GRANT USAGE, CREATE ON SCHEMA senio TO ${app};
      GRANT ALL ON ALL TABLES IN SCHEMA senio TO ${app}; GRANT ALL ON ALL SEQUENCES IN SCHEMA senio TO ${app}`)
    const owner = new URL(place.url).username
    const url = new URL(place.url)
    url.username = app
    url.password = app
    try {
      const opening = openPostgresDatabase(testOptions(url.href))
      await expect(opening).rejects.toThrow(`GRANT "${owner}" TO "${app}"`)
      await admin.query(`GRANT ${owner} TO ${app}`)
      const db = await openPostgresDatabase(testOptions(url.href))
      try {
        const sensor = await newSensor(db)
        await admin.query(`REVOKE ${owner} FROM ${app}`)
        const outcomes = await Promise.allSettled(
          [Date.UTC(1977, 3), Date.now()].map((timestamp) =>
            db.measurements.append([{ ...sensor.at(0, 1), timestamp: timestampMs(timestamp) }], []),
          ),
        )
        expect(outcomes).toMatchObject([
          { status: 'rejected', reason: { code: 'storage-failing', status: 503 } },
          { status: 'fulfilled' },
        ])
      } finally {
        await db.close()
      }
    } finally {
      await admin.query(`DROP OWNED BY ${app}; DROP ROLE ${app}`)
      await admin.end()
    }
  })

  test('keep nobody waiting but who needs one, while something is in the way of making it', async () => {
    const clock = { now: Date.now() }
    const db = await openPostgresDatabase({ ...testOptions(place.url), now: () => clock.now })
    const other = new pg.Client({ connectionString: place.url })
    await other.connect()
    try {
      const [late, timely] = [await newSensor(db), await newSensor(db)]
      const at = (sensor: TestSensor, timestamp: number) =>
        db.measurements.append([{ ...sensor.at(0, 1), timestamp: timestampMs(timestamp) }], [])
      const [needy, lucky] = [Date.UTC(1987, 3), Date.UTC(1986, 3)]
      await at(timely, lucky)
      // As ANALYZE does, or building an index.
      await other.query('BEGIN; LOCK TABLE senio.value IN SHARE UPDATE EXCLUSIVE MODE')
      const together = await Promise.allSettled([at(late, needy), at(timely, clock.now), at(late, lucky)])
      expect(together.map(({ status }) => status)).toStrictEqual(['rejected', 'fulfilled', 'fulfilled'])
      await expect(at(late, needy)).rejects.toMatchObject({ code: 'overloaded', status: 503 })
      // The month's turn, and more: what was made ahead is there.
      clock.now += 60 * DAY
      const started = performance.now()
      await at(timely, Date.now() + 30 * DAY)
      expect(performance.now() - started).toBeLessThan(2000)
      await other.query('COMMIT')
      await expect.poll(partitions, { timeout: 10_000 }).toContain('value_y1987')
      await at(late, needy)
    } finally {
      await other.end()
      await db.close()
    }
  })
})

const runUpkeep = async (db: Database): Promise<void> => {
  for (const { run } of db.upkeep ?? []) await run()
}
