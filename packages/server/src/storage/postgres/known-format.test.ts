import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  createTestDatabase,
  postgresServerUrl,
  type PostgresTestDatabase,
} from '../../testing/postgres/test-database.ts'
import { codeOf, newAccount, newSensor, range } from '../contract/database-under-test.ts'
import type { Database } from '../storage.ts'
import { Connections } from './connections.ts'
import { migrate } from './migrate.ts'
import { FORMAT, migrations } from './migrations/index.ts'
import { openPostgresDatabase } from './postgres-database.ts'
import { testOptions } from './testing.ts'

const serverUrl = await postgresServerUrl()

describe.skipIf(serverUrl === null)('a node beside which a newer version migrates the database', () => {
  let created: PostgresTestDatabase
  let db: Database
  beforeEach(async () => {
    created = await createTestDatabase(serverUrl ?? '')
    db = await openPostgresDatabase(testOptions(created.url))
  })
  afterEach(async () => {
    await db.close()
    await created.drop()
  })

  const migrateTo = async (oldest: number): Promise<void> => {
    const connections = new Connections({ ...testOptions(created.url), most: 1 })
    await migrate(connections, [...migrations, () => 'CREATE TABLE senio.newer (id integer)'], oldest)
    await connections.close()
  }

  test('goes on when the migration only adds', async () => {
    const sensor = await newSensor(db)
    await migrateTo(FORMAT)
    for (let n = 0; n < 4; n++) await db.measurements.append([sensor.at(n, n)], [])
    await newAccount(db)
    await db.probe()
    expect(await db.registryVersion()).toBeGreaterThan(0)
  })

  test('stores nothing from then on when that would do harm, and says why', async () => {
    const [known, met] = [await newSensor(db), await newSensor(db)]
    // Often enough for the short way.
    for (let n = 0; n < 4; n++) await db.measurements.append([known.at(n, n)], [])
    await db.measurements.append([met.at(0, 0)], [])
    await migrateTo(FORMAT + 1)
    const refused = [
      () => db.measurements.append([known.at(10, 1)], []),
      () => db.measurements.append([met.at(10, 1)], []),
      () => newAccount(db),
      () => db.sensors.delete(known.id),
      () => db.probe(),
    ]
    for (const act of refused) {
      await expect(act()).rejects.toMatchObject({
        code: 'storage-failing',
        status: 503,
        message: expect.stringMatching(/migrated by a newer version/),
      })
    }
    await expect.poll(() => codeOf(db.registryVersion())).toBe('storage-failing')
    expect(await codeOf(openPostgresDatabase(testOptions(created.url)))).toBe('storage-failing')
    const page = await db.measurements.page({
      sensor: known.id,
      fields: known.fields,
      range: range(0, 100),
      limit: 10,
    })
    expect(page).toHaveLength(4)
  })

  test('is refused with 503 also if it is too old to say what it knows', async () => {
    const sensor = await newSensor(db)
    await migrateTo(FORMAT + 1)
    const old = new pg.Client({ connectionString: created.url })
    await old.connect()
    await expect(
      old.query('UPDATE senio.sensor SET writer = 7 WHERE id = $1', [sensor.id]),
    ).rejects.toMatchObject({ code: '58S01' })
    await old.end()
  })
})
