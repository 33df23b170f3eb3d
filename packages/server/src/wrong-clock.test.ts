import { DAY, MINUTE, timestampMs } from '@senio/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MeasurementJson } from '@senio/protocol/api'
import { SESSION_DURATION } from './domain/accounts/sessions.ts'
import type { AccountId } from './storage/account-store.ts'
import { present } from './storage/contract/database-under-test.ts'
import { storageProfiles } from './testing/storage-profiles.ts'
import { jpeg } from './testing/test-images.ts'
import { TestServer } from './testing/test-server.ts'

const NOW = timestampMs(1_700_000_000_000)
const RATE = 2

/** By how much the clock jumps. */
const jumps = [
  ['a day ahead', DAY],
  ['a day back', 0 - DAY],
] as const

describe.each(storageProfiles)('$name: when the clock is set', (profile) => {
  let server: TestServer
  let key: string
  let owner: AccountId
  let name: string
  let used = 0

  beforeAll(async () => {
    server = await TestServer.start({ ...(await profile.prepare()), publishRate: RATE })
    owner = (await server.account()).id
  })
  afterAll(() => server.stop())
  beforeEach(async () => {
    server.now = NOW
    name = `rpi ${++used}`
    ;({ key } = await server.sensor(name, ['temp:scalar', 'cam1:image'], owner))
  })

  const jump = (ms: number): void => {
    server.now = timestampMs(server.now + ms)
  }
  const publish = (query: string, payload: string | Buffer, type = 'application/json') =>
    server.app.inject({
      method: 'POST',
      url: `/publish/${encodeURIComponent(name)}${query}`,
      headers: { authorization: `Bearer ${key}`, 'content-type': type },
      payload,
    })
  const stamped = () => publish('?clock=server', '{"data":{"temp":1}}')

  describe.each(jumps)('%s', (_, ms) => {
    it('sessions go on, and end', async () => {
      const { sessions } = server.installation.services
      const account = present(await server.installation.storage.accounts.find(owner))
      const before = await sessions.begin(account)
      const begun = server.now
      jump(ms)
      expect(await sessions.accountBySession(before.token)).toEqual(account)
      const after = await sessions.begin(account)
      server.now = begun
      expect(await sessions.accountBySession(before.token)).toEqual(account)
      expect(await sessions.accountBySession(after.token)).toEqual(account)
      server.now = timestampMs(begun + SESSION_DURATION + DAY)
      expect(await sessions.accountBySession(before.token)).toBeNull()
      expect(await sessions.accountBySession(after.token)).toBeNull()
    })

    it('API tokens go on, and tell when they were used by the clock', async () => {
      const { apiTokens } = server.installation.services
      const { id, token } = await apiTokens.create(owner, 'script')
      const lastUse = async () =>
        (await apiTokens.list(owner, 100, null)).items.find((one) => one.id === id)?.lastUsed
      const toTheMinute = () => Math.floor(server.now / MINUTE) * MINUTE
      expect(await apiTokens.open(token)).not.toBeNull()
      await vi.waitUntil(async () => (await lastUse()) === toTheMinute())
      jump(ms)
      expect(await apiTokens.open(token)).not.toBeNull()
      await vi.waitUntil(async () => (await lastUse()) === toTheMinute())
    })

    it('devices are let in at their rate', async () => {
      const statuses = async (count: number) => {
        const found: number[] = []
        for (let i = 0; i < count; i++) found.push((await stamped()).statusCode)
        return found
      }
      const burst = 10 * RATE
      expect(await statuses(burst + 1)).toStrictEqual([...Array<number>(burst).fill(201), 429])
      jump(ms)
      const full = await statuses(burst + 1)
      expect(full.filter((status) => status === 201)).toHaveLength(ms > 0 ? burst : 0)
      jump(1000)
      expect(await statuses(RATE + 1)).toStrictEqual([...Array<number>(RATE).fill(201), 429])
    })

    it('measurements get its time, and listeners hear of them at once', async () => {
      const { sensors, live } = server.installation.services
      const sensor = await sensors.get(owner, name)
      const heard: MeasurementJson[] = []
      const end = await live.subscribe(sensor.id, {
        onMeasurement: (measurement) => heard.push(measurement),
        onMissed: () => undefined,
      })
      const times: number[] = []
      const publishStamped = async () => {
        const answer = await stamped()
        expect(answer.statusCode).toBe(201)
        times.push(answer.json<MeasurementJson>().timestamp)
      }
      await publishStamped()
      const before = server.now
      jump(ms)
      await publishStamped()
      // Several nodes add what tells them apart, less than a millisecond.
      expect(times.map(Math.floor)).toStrictEqual([before, server.now])
      await vi.waitUntil(() => heard.length === 2)
      expect(heard.map(({ timestamp }) => timestamp)).toStrictEqual(times)
      end()
    })

    it('pictures that a node took to make their thumbs, and died, are taken by another', async () => {
      const { storage } = server.installation
      const picture = await jpeg(64, 48, used)
      const sent = await publish(`?field=cam1&timestamp=${server.now}`, picture, 'image/jpeg')
      expect(sent.statusCode).toBe(201)
      // A node takes it, and dies.
      const claimed = await storage.images.claimPending(9, server.now, timestampMs(server.now + 3 * MINUTE))
      expect(claimed).toHaveLength(1)
      jump(ms)
      expect(
        await storage.images.claimPending(9, server.now, timestampMs(server.now + 3 * MINUTE)),
      ).toHaveLength(1)
      await storage.images.finish(present(claimed[0]).sha1, {
        width: 64,
        height: 48,
        damaged: false,
        state: 'ready',
      })
    })
  })
})
