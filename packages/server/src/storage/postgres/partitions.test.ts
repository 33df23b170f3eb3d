import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createTestDatabase,
  postgresServerUrl,
  type PostgresTestDatabase,
} from '../../testing/postgres/test-database.ts'
import { newSensor } from '../contract/database-under-test.ts'
import type { Database } from '../storage.ts'
import { timestampMs } from '@senio/protocol'
import { distributeSql, valueTableSql } from './migrations/value-table.ts'
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

describe('with extensions', () => {
  const none = { hypertables: false, distribution: false }

  test('a hypertable takes the place of our partitions', () => {
    const sql = valueTableSql({ ...none, hypertables: true })
    expect(sql).toMatch(/create_hypertable\('value', 'ts', chunk_time_interval => 2592000000::bigint/)
    expect(sql).not.toMatch(/PARTITION/)
    expect(valueTableSql(none)).not.toMatch(/hypertable/)
  })

  test('what belongs to a sensor is distributed by it, all to the same place', () => {
    expect(distributeSql(none)).toBe('')
    expect(distributeSql({ ...none, distribution: true })).toBe(
      [
        `SELECT create_distributed_table('value', 'sensor');`,
        `SELECT create_distributed_table('rollup', 'sensor', colocate_with => 'value');`,
        `SELECT create_distributed_table('measurement_tags', 'sensor', colocate_with => 'value');`,
        `SELECT create_distributed_table('tag_word', 'sensor', colocate_with => 'value');`,
      ].join('\n'),
    )
  })
})

describe.skipIf(serverUrl === null)('partitions of values', () => {
  let place: PostgresTestDatabase
  beforeAll(async () => {
    place = await createTestDatabase(serverUrl ?? '')
  })
  afterAll(() => place.drop())

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
      await opened[0]?.measurements.append([sensor.at(0, 1)], [])
      expect((await partitions()).filter((name) => name.startsWith('value_m')).length).toBe(6)
    } finally {
      await Promise.all(opened.map((db) => db.close()))
    }
  })
})
