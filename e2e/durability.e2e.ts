import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { jpeg } from '../packages/server/src/testing/test-images.ts'
import { Cli } from './drivers/cli.ts'
import { Ledger, type Shipment, sha1, storedData } from './drivers/ledger.ts'
import { seededRandom } from './drivers/random.ts'
import { RawConnection } from '../packages/server/src/testing/raw-connection.ts'
import type { TestAccount } from './drivers/test-account.ts'
import type { TestDevice } from './drivers/test-device.ts'
import { TestServer } from './drivers/test-server.ts'

const FIELDS = ['temp:scalar:celsius', 'humidity:scalar:relative %', 'cam1:image']
const EPOCH = 1_600_000_000_000

/** Gives what a connection sends next. No two shipments of a test share a timestamp or a picture. */
type Source = () => Promise<Shipment>

function sources(): readonly Source[] {
  let t = EPOCH
  let seed = 0
  const values = () => ({
    timestamp: (t += 1000.25),
    data: { temp: (seed += 1), humidity: 50 },
    tags: null,
  })
  const numbers: Source = async () => ({ measurements: [values()], images: {} })
  const batch: Source = async () => ({ measurements: Array.from({ length: 40 }, values), images: {} })
  const picture: Source = async () => {
    const measurement = values()
    return { measurements: [measurement], images: { cam1: await jpeg(160, 120, measurement.data.temp) } }
  }
  return [numbers, numbers, numbers, batch, picture, picture]
}

/** Publishes on several connections until each of them gets something else than 201. */
async function publishAll(device: TestDevice, ledger: Ledger, all: readonly Source[]): Promise<void> {
  const connections = all.map(async (next) => {
    while ((await ledger.send(device, await next())) === 201);
  })
  await Promise.all(connections)
}

/** Waits until publishing is under way, and then some time. */
async function delayAfterFirst(ledger: Ledger, ms: number): Promise<void> {
  const before = ledger.outcomes.length
  await vi.waitUntil(() => ledger.outcomes.length >= before + 12, { timeout: 20_000 })
  await delay(ms)
}

/** Compares what the server holds with the ledger, down to the bytes of the pictures. */
async function verify(account: TestAccount, sensor: string, ledger: Ledger): Promise<void> {
  const stored = await account.measurements(sensor)
  const timestamps = stored.map(({ timestamp }) => timestamp)
  expect(timestamps).toEqual([...new Set(timestamps)].sort((a, b) => a - b))
  const byTime = new Map(stored.map(({ timestamp, data }) => [timestamp, data]))

  for (const { measurements, images } of ledger.acknowledged) {
    for (const one of measurements) expect(byTime.get(one.timestamp)).toEqual(storedData(one, images))
  }
  // A request whose answer got lost may have been stored: then it is stored as a whole.
  const present: Shipment[] = [...ledger.acknowledged]
  for (const shipment of ledger.unacknowledged) {
    const kept = shipment.measurements.filter(({ timestamp }) => byTime.has(timestamp))
    if (kept.length === 0) continue
    present.push(shipment)
    expect(kept).toHaveLength(shipment.measurements.length)
    for (const one of kept) expect(byTime.get(one.timestamp)).toEqual(storedData(one, shipment.images))
  }
  expect(stored).toHaveLength(present.flatMap(({ measurements }) => measurements).length)
  for (const bytes of present.flatMap(({ images }) => Object.values(images))) {
    expect(sha1(await account.image(sensor, sha1(bytes)))).toBe(sha1(bytes))
  }
}

describe('kill -9 while devices publish', () => {
  it.each([1, 2])('loses nothing that was acknowledged (seed %i)', async (seed) => {
    await using server = await TestServer.start()
    const account = await server.account()
    const device = await account.sensor('rpi', FIELDS)
    const random = seededRandom(seed)
    const ledger = new Ledger()
    const all = sources()

    for (let cycle = 0; cycle < 4; cycle++) {
      const publishing = publishAll(device, ledger, all)
      await delayAfterFirst(ledger, random() * 600)
      await server.kill9()
      await publishing
      expect(await server.restart()).toBeLessThan(5000)
      expect(await server.drafts()).toEqual([])
    }
    await verify(account, device.name, ledger)
    expect(await new Cli(server.dataDir).run(['check'])).toMatchObject({ code: 0 })

    // Devices try again what was not acknowledged.
    const retried = ledger.unacknowledged
    for (const shipment of retried) expect(await ledger.send(device, shipment)).toBe(201)
    const complete = new Ledger()
    complete.outcomes.push(...ledger.outcomes.filter(({ status }) => status === 201))
    await verify(account, device.name, complete)
  })
})

describe('SIGTERM', () => {
  it('lets an upload that is under way end, and tells others to come back', async () => {
    await using server = await TestServer.start()
    const account = await server.account()
    const device = await account.sensor('rpi', FIELDS)
    // What has come is written to a file a quarter of a MiB at a time.
    const picture = await jpeg(1280, 960)
    const sent = 300_000
    expect(picture.length).toBeGreaterThan(sent)
    const upload = await RawConnection.open(server.url)
    upload.write(
      `POST /publish/rpi?field=cam1&timestamp=${EPOCH} HTTP/1.1\r\nHost: senio\r\n` +
        `Authorization: Bearer ${device.key}\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`,
    )
    upload.write(picture.subarray(0, sent))
    const idle = await RawConnection.open(server.url)
    await vi.waitUntil(async () => (await server.drafts()).length === 1)

    const stopped = server.stop()
    await vi.waitUntil(async () => (await device.json({ timestamp: EPOCH }))?.status === 503, { interval: 5 })
    idle.write('GET /publish/rpi HTTP/1.1\r\nHost: senio\r\n\r\n')
    expect(await idle.answer()).toMatchObject({ status: 503, json: { code: 'shutting-down' } })
    upload.write(picture.subarray(sent))
    expect(await upload.answer()).toMatchObject({ status: 201, json: { data: { cam1: sha1(picture) } } })
    await stopped

    await server.restart()
    expect(await account.image('rpi', sha1(picture))).toEqual(picture)
  })

  it('under load answers every request that was sent, ends with exit code 0, and loses nothing', async () => {
    await using server = await TestServer.start()
    const account = await server.account()
    const device = await account.sensor('rpi', FIELDS)
    const random = seededRandom(3)
    const ledger = new Ledger()
    const all = sources()

    for (let cycle = 0; cycle < 3; cycle++) {
      const publishing = publishAll(device, ledger, all)
      await delayAfterFirst(ledger, random() * 400)
      await server.stop()
      await publishing
      expect(await server.drafts()).toEqual([])
      await server.restart()
    }
    const last = ledger.outcomes.filter(({ status }) => status !== 201)
    // Refusing a connection is an answer: the request was not sent then.
    expect(last.filter(({ status, failure }) => status !== 503 && failure !== 'ECONNREFUSED')).toEqual([])
    const complete = new Ledger()
    complete.outcomes.push(...ledger.outcomes.filter(({ status }) => status === 201))
    await verify(account, device.name, complete)
  })
})
