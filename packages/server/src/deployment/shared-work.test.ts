import { durationMs, SenioError, type TimestampMs, timestampMs } from '@senio/protocol'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PictureWorker } from '../domain/pictures/picture-worker.ts'
import { type DatabaseUnderTest, newSensor, time } from '../storage/contract/database-under-test.ts'
import { newImage } from '../storage/contract/measurement-append.contract.ts'
import type { StoredImage } from '../storage/image-store.ts'
import { openTestDatabase } from '../storage/postgres/testing.ts'
import type { Database } from '../storage/storage.ts'
import { createTestDatabase, postgresServerUrl } from '../testing/postgres/test-database.ts'

const serverUrl = await postgresServerUrl()

const MINUTE = 60_000
const DECODED = { width: 1, height: 1, damaged: false, state: 'ready' } as const

describe.skipIf(serverUrl === null)('nodes that share work', () => {
  let database: DatabaseUnderTest
  let here: Database
  let there: Database
  const workers: PictureWorker[] = []
  /** By its node and its picture. */
  const done: { readonly by: string; readonly sha1: string }[] = []
  let now: TimestampMs
  beforeEach(async () => {
    now = time(0)
    database = await openTestDatabase(await createTestDatabase(serverUrl ?? ''))
    here = database.db
    there = await database.openAnother()
  })
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()))
    done.splice(0)
    await database.dispose()
  })

  const pictures = async (count: number): Promise<readonly string[]> => {
    const images = Array.from({ length: count }, (_, n) => ({
      ...newImage(`picture ${n}`),
      created: time(n),
    }))
    await here.measurements.append([], images)
    return images.map(({ sha1 }) => sha1).toSorted()
  }
  const work = (
    by: string,
    db: Database,
    process: (image: StoredImage) => Promise<void> = async ({ sha1 }) => {
      done.push({ by, sha1 })
      await new Promise((resolve) => setImmediate(resolve))
      await db.images.finish(sha1, DECODED)
    },
  ): PictureWorker => {
    const worker = new PictureWorker({
      images: db.images,
      now: () => now,
      process,
      report: () => {},
      claims: 3,
      pollEvery: durationMs(10),
    })
    workers.push(worker)
    worker.start()
    return worker
  }
  const decoded = () => done.map(({ sha1 }) => sha1).toSorted()

  test('decode each picture once, all of them together', async () => {
    const all = await pictures(40)
    work('here', here)
    work('there', there)
    await expect.poll(decoded).toStrictEqual(all)
    expect(new Set(done.map(({ by }) => by))).toStrictEqual(new Set(['here', 'there']))
  })

  test('take over what a dead one had begun, when it has had its time', async () => {
    const all = await pictures(5)
    // It claims, and is never heard of again.
    const claimed = await there.images.claimPending(2, now, timestampMs(now + 3 * MINUTE))
    await there.close()
    work('here', here)
    await expect.poll(() => done.length).toBe(3)
    now = timestampMs(now + 2 * MINUTE)
    await sleep(50)
    expect(decoded()).toStrictEqual(all.filter((sha1) => claimed.every((image) => image.sha1 !== sha1)))
    now = timestampMs(now + 2 * MINUTE)
    await expect.poll(decoded).toStrictEqual(all)
  })

  test('take over at once what one leaves that is stopped', async () => {
    const all = await pictures(5)
    const stopped = work('there', there, async () => {
      throw new SenioError('shutting-down', 'The server is being stopped.')
    })
    await stopped.stop()
    work('here', here)
    await expect.poll(decoded).toStrictEqual(all)
  })

  test('go on with removing what was deleted where a dead one stopped', async () => {
    const sensor = await newSensor(here)
    const values = Array.from({ length: 3000 }, (_, n) => sensor.at(n, n))
    await here.measurements.append(values, [])
    await here.sensors.delete(sensor.id)
    const interrupted = there.measurements.purgeDeleted().catch(() => {})
    await there.close()
    await interrupted
    await Promise.all([here.measurements.purgeDeleted(), here.measurements.purgeDeleted()])
    expect(await here.measurements.extent(sensor.fields)).toBeNull()
    expect(await here.findFaults()).toStrictEqual([])
  })
})
