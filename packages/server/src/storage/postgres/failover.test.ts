import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../testing/postgres/postgres-server.ts'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import { newSensor, present, range, type TestSensor, time } from '../contract/database-under-test.ts'
import type { Database } from '../storage.ts'
import { openPostgresDatabase } from './postgres-database.ts'
import { testOptions } from './testing.ts'

const isThere = (await postgresServerUrl()) !== null

/** Publishes one after another, without waiting for anything but the answers. */
class Device {
  readonly acknowledged: number[] = []
  readonly refused: unknown[] = []
  readonly #done: Promise<void>
  #isOver = false

  constructor(db: Database, sensor: TestSensor, first: number) {
    this.#done = this.#publish(db, sensor, first)
  }

  async untilAcknowledged(more: number): Promise<void> {
    const wanted = this.acknowledged.length + more
    while (this.acknowledged.length < wanted) await sleep(5)
  }

  async stop(): Promise<void> {
    this.#isOver = true
    await this.#done
  }

  /** What is refused is sent again until it is taken. */
  async #publish(db: Database, sensor: TestSensor, first: number): Promise<void> {
    for (let n = first; !this.#isOver;) {
      try {
        await db.measurements.append([sensor.at(n, n)], [])
        this.acknowledged.push(n++)
      } catch (error) {
        this.refused.push(error)
        await sleep(10)
      }
    }
  }
}

test.skipIf(!isThere)(
  'a failover to a synchronous standby loses nothing that was acknowledged, and needs no restart of ours',
  async () => {
    const primary = present(await startPostgres())
    let standby: PostgresServer | null = null
    let db: Database | null = null
    try {
      const { url } = await createTestDatabase(primary.url)
      standby = await primary.addStandby()
      const hosts = [standby, primary].map(({ port }) => `127.0.0.1:${port}`).join(',')
      // The standby is named first: it is passed over for as long as it takes no writes.
      const both = url.replace(`127.0.0.1:${primary.port}`, hosts)
      const options = { ...testOptions(`${both}?target_session_attrs=read-write`), connectTimeout: 1000 }
      db = await openPostgresDatabase(options)
      const sensor = await newSensor(db)
      const devices = [0, 1, 2, 3].map((n) => new Device(present(db), sensor, n * 1e6))
      const heard: string[] = []
      present(db.nodeMessages).listen({
        onMessage: (text) => heard.push(text),
        onMissed: () => heard.push('missed'),
      })
      await Promise.all(devices.map((device) => device.untilAcknowledged(20)))

      await primary.halt('killed')
      const early = new Device(db, sensor, 9e6)
      while (early.refused.length === 0) await sleep(5)
      devices.push(early)
      const superuser = new pg.Client({ connectionString: standby.url })
      await superuser.connect()
      await superuser.query('SELECT pg_promote()')
      await superuser.end()
      await Promise.all(devices.map((device) => device.untilAcknowledged(20)))
      await Promise.all(devices.map((device) => device.stop()))

      for (const error of devices.flatMap((device) => device.refused)) {
        expect(error).toMatchObject({ status: 503, retryAfter: expect.any(Number) })
      }
      const page = await db.measurements.page({
        sensor: sensor.id,
        fields: sensor.fields,
        range: range(-1, 1e9),
        limit: 100_000,
      })
      expect(page.map(({ timestamp }) => timestamp - time(0))).toStrictEqual(
        devices.flatMap((device) => device.acknowledged),
      )
      expect(await db.findFaults()).toStrictEqual([])
      // All that a node does goes on: changes, locks, messages.
      expect((await newSensor(db)).fields).toHaveLength(1)
      const lock = await present(db.nodeLocks).acquire(['a'])
      lock.release()
      await expect.poll(() => heard).toContain('missed')
    } finally {
      await db?.close()
      await standby?.dispose()
      await primary.dispose()
    }
  },
  60_000,
)
