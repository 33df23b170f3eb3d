import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  createTestDatabase,
  postgresServerUrl,
  type PostgresTestDatabase,
} from '../../testing/postgres/test-database.ts'
import { newAccount, time } from '../contract/database-under-test.ts'
import type { NewMeasurement } from '../measurement-store.ts'
import type { FieldId, SensorId } from '../sensor-store.ts'
import type { Database } from '../storage.ts'
import { openPostgresDatabase } from './postgres-database.ts'
import { PostgresSession } from './session.ts'
import { testOptions } from './testing.ts'

const serverUrl = await postgresServerUrl()

const SENSORS = 3000
const MINUTE = 60_000

describe.skipIf(serverUrl === null)('a batch of some of many sensors', () => {
  let admin: pg.Client
  let created: PostgresTestDatabase
  let db: Database
  let sensors: readonly { readonly id: SensorId; readonly field: FieldId }[]

  beforeAll(async () => {
    created = await createTestDatabase(serverUrl ?? '')
    db = await openPostgresDatabase(testOptions(created.url))
    admin = new pg.Client({ connectionString: created.url })
    await admin.connect()
    const { id } = await newAccount(db)
    await admin.query(`SET search_path = senio;
      INSERT INTO sensor (owner, name, name_folded, created)
        SELECT ${id}, n, n, 0 FROM generate_series(1, ${SENSORS}) n;
      INSERT INTO field (sensor, name, type, unit, position) SELECT id, 'temp', 'scalar', '', 0 FROM sensor;
      INSERT INTO device_key (sensor, key_hash, label, created) SELECT id, 'hash' || id, '', 0 FROM sensor;
      ANALYZE`)
    const { rows } = await admin.query<{ id: SensorId; field: FieldId }>(
      'SELECT sensor.id, field.id AS field FROM sensor JOIN field ON field.sensor = sensor.id ORDER BY 1',
    )
    sensors = rows
  }, 30_000)
  afterAll(async () => {
    await Promise.all([db.close(), admin.end()])
    await created.drop()
  })

  const at = ({ id, field }: (typeof sensors)[number], minutes: number): NewMeasurement => ({
    sensor: id,
    timestamp: time(minutes * MINUTE),
    tags: null,
    values: [{ field, value: minutes }],
  })

  /** Messages to the server until measurements of sensors, that come by themselves but together, are stored. */
  const messagesFor = async (some: typeof sensors, minutes: number): Promise<number> => {
    const spies = (['pipeline', 'tuples', 'script', 'run', 'commit'] as const).map((name) =>
      vi.spyOn(PostgresSession.prototype, name),
    )
    try {
      await Promise.all(some.map((sensor) => db.measurements.append([at(sensor, minutes)], [])))
      return spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
  }

  test('takes as many messages as one of one sensor, whether they are known or not', async () => {
    const [one, many] = [sensors.slice(0, 1), sensors.slice(1, 400)]
    // The first of all makes partitions.
    await db.measurements.append(
      sensors.slice(-1).map((sensor) => at(sensor, 0)),
      [],
    )
    for (let minutes = 1; minutes <= 4; minutes++) {
      expect(await messagesFor(many, minutes)).toBe(await messagesFor(one, minutes))
    }
  })

  test('reads the rows of no others, whatever the statistics say of them', async () => {
    for (let first = 500; first < 1500; first += 50) {
      const some = sensors.slice(first, first + 50)
      for (let minutes = 0; minutes < 3; minutes++) {
        await db.measurements.append(
          some.map((sensor) => at(sensor, minutes)),
          [],
        )
      }
    }
    // Connections that end tell what they have read.
    await db.close()
    db = await openPostgresDatabase(testOptions(created.url))
    await vi.waitFor(async () => {
      const { rows } = await admin.query<{ scanned: number; found: number }>(
        `SELECT seq_tup_read::int AS scanned, idx_tup_fetch::int AS found FROM pg_stat_user_tables
         WHERE schemaname = 'senio' AND relname = 'sensor'`,
      )
      expect(rows[0]?.found).toBeGreaterThanOrEqual(3000)
      // By what has made them, above.
      expect(rows[0]?.scanned).toBeLessThanOrEqual(4 * SENSORS)
    })
  })

  test('looks up their keys together', async () => {
    const run = vi.spyOn(PostgresSession.prototype, 'run')
    try {
      const found = await Promise.all(sensors.map(({ id }) => db.deviceKeys.find(`hash${id}`)))
      expect(found.map((key) => key?.sensor.id)).toStrictEqual(sensors.map(({ id }) => id))
      expect(run.mock.calls.length).toBeLessThan(10)
    } finally {
      run.mockRestore()
    }
  })
})
