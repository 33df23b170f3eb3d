import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import {
  type DatabaseUnderTest,
  newAccount,
  newSensor,
  present,
  time,
} from '../contract/database-under-test.ts'
import { openTestDatabase } from './testing.ts'

const serverUrl = await postgresServerUrl()

describe.skipIf(serverUrl === null)('changes to the registry beside those who store values', () => {
  let database: DatabaseUnderTest
  let other: pg.Client
  beforeAll(async () => {
    const made = await createTestDatabase(serverUrl ?? '')
    database = await openTestDatabase(made)
    const url = new URL(serverUrl ?? '')
    url.pathname = new URL(made.url).pathname
    other = new pg.Client({ connectionString: url.href })
    await other.connect()
    // So that it is the program's own transaction that is ended when two wait for each other.
    await other.query(`SET search_path = senio; SET deadlock_timeout = '20s'; SET statement_timeout = '20s'`)
  })
  afterAll(async () => {
    await other.end()
    await database.dispose()
  })

  const hold = (table: string, id: number) =>
    other.query(`SELECT FROM ${table} WHERE id = $1 FOR NO KEY UPDATE`, [id])

  /** Until somebody waits for what `other` holds. */
  const untilAwaited = async (): Promise<void> => {
    await expect
      .poll(
        async () => {
          const { rows } = await other.query(
            `SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))`,
          )
          return rows.length
        },
        { timeout: 10_000 },
      )
      .toBe(1)
  }

  test('deleting an account takes its sensors in the order in which batches take them', async () => {
    const owner = await newAccount(database.db)
    const ids: number[] = []
    for (const name of ['last', 'first']) {
      const keyHash = `${name} key of ${owner.email}`
      const made = await database.db.sensors.create({
        owner: owner.id,
        name,
        created: time(0),
        fields: [],
        keyHash,
      })
      ids.push(made.id)
    }
    const [low, high] = [present(ids[0]), present(ids[1])]
    // Now it comes last in the table as well as in the index by name.
    await other.query('UPDATE sensor SET created = created + 1 WHERE id = $1', [low])

    await other.query('BEGIN')
    await hold('sensor', low)
    const deletion = database.db.accounts.delete(owner.id)
    await untilAwaited()
    await other.query(`SET LOCAL lock_timeout = '500ms'`)
    await hold('sensor', high)
    await other.query('COMMIT')
    expect(await deletion).toBe(true)
  })

  test('what was ended because it and another waited for each other is done again', async () => {
    const sensor = await newSensor(database.db)
    const { rows } = await other.query<{ id: number }>('SELECT id FROM device_key WHERE sensor = $1', [
      sensor.id,
    ])
    await other.query('BEGIN')
    await hold('device_key', present(rows[0]).id)
    const deletion = database.db.sensors.delete(sensor.id)
    await untilAwaited()
    await hold('sensor', sensor.id)
    await other.query('COMMIT')
    expect(await deletion).toBe(true)
    expect(await database.db.sensors.findById(sensor.id)).toBeNull()
  })
})
