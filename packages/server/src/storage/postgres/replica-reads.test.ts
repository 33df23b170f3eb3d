import pg from 'pg'
import { expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../testing/postgres/postgres-server.ts'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import { newSensor, present, range } from '../contract/database-under-test.ts'
import type { Database } from '../storage.ts'
import { Connections } from './connections.ts'
import { openPostgresDatabase } from './postgres-database.ts'
import { ReplicaReads } from './replica-reads.ts'
import { testOptions } from './testing.ts'

const isThere = (await postgresServerUrl()) !== null

async function asSuperuser(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

test.skipIf(!isThere)(
  'queries go to a standby, see what was stored before them, and to the primary when it lags, is gone or no standby any more',
  async () => {
    const primary = present(await startPostgres())
    const opened: { close(): Promise<void> }[] = []
    let standby: PostgresServer | null = null
    try {
      const { url } = await createTestDatabase(primary.url)
      standby = await primary.addStandby()
      // As most standbys are: nobody waits for them.
      await asSuperuser(
        primary.url,
        "ALTER SYSTEM SET synchronous_standby_names = ''",
        'SELECT pg_reload_conf()',
      )
      const replicaUrl = url.replace(`:${primary.port}/`, `:${standby.port}/`)
      const options = { ...testOptions(url), connectTimeout: 1000, most: 5 }
      const db: Database = await openPostgresDatabase({ ...options, replicaUrl })
      const connections = new Connections(options)
      const replica = new Connections({ ...options, url: replicaUrl }, undefined, false)
      opened.push(db, connections, replica)
      let now = 0
      const reads = new ReplicaReads(
        connections,
        replica,
        { lag: 60, restAfterLag: 1000, restAfterFailure: 10_000 },
        () => now,
      )
      const askedStandby = (): Promise<boolean> =>
        reads.snapshot(async (session) => {
          const [row] = await session.tuples<readonly [boolean]>('SELECT pg_is_in_recovery()')
          return row?.[0] ?? false
        })
      const sensor = await newSensor(db)
      const count = async (): Promise<number> => {
        const asked = { sensor: sensor.id, fields: sensor.fields, range: range(-1, 1e9), limit: 1000 }
        return (await db.measurements.page(asked)).length
      }

      for (let n = 0; n < 30; n++) {
        await db.measurements.append([sensor.at(n, n)], [])
        expect(await count()).toBe(n + 1)
      }
      // A standby that the first tables had just reached may need longer than the test has patience.
      await expect.poll(askedStandby, { timeout: 10_000 }).toBe(true)

      await asSuperuser(standby.url, 'SELECT pg_wal_replay_pause()')
      await db.measurements.append([sensor.at(100, 1)], [])
      expect(await count()).toBe(31)
      const timer = setInterval(() => (now += 20), 5)
      expect(await askedStandby()).toBe(false)
      clearInterval(timer)
      expect(reads.passedOver).toStrictEqual({ lagged: 1, failed: 0 })
      expect(reads.isUsed).toBe(false)
      await asSuperuser(standby.url, 'SELECT pg_wal_replay_resume()')
      now += 1000
      await expect
        .poll(
          () => {
            now += 1000
            return askedStandby()
          },
          { timeout: 10_000 },
        )
        .toBe(true)

      await standby.halt('killed')
      expect(await askedStandby()).toBe(false)
      expect(reads.passedOver.failed).toBe(1)
      await db.measurements.append([sensor.at(200, 1)], [])
      expect(await count()).toBe(32)
      await standby.resume()
      now += 10_000
      await expect
        .poll(
          () => {
            now += 10_000
            return askedStandby()
          },
          { timeout: 10_000 },
        )
        .toBe(true)
      expect(await count()).toBe(32)

      // By mistake: the primary goes on, and nothing of that comes here.
      await asSuperuser(standby.url, 'SELECT pg_promote()')
      await db.measurements.append([sensor.at(300, 1)], [])
      expect(await count()).toBe(33)
      const { failed } = reads.passedOver
      expect(await askedStandby()).toBe(false)
      expect(reads.passedOver.failed).toBe(failed + 1)
    } finally {
      await Promise.all(opened.map((one) => one.close()))
      await standby?.dispose()
      await primary.dispose()
    }
  },
  60_000,
)
