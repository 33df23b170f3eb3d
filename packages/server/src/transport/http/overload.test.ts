import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { OVERLOADED } from '../../domain/overload/overloaded.ts'
import { storageProfiles } from '../../testing/storage-profiles.ts'
import { TestServer } from '../../testing/test-server.ts'
import { HeldConnections } from './held-connections.ts'

const T = 1_600_000_000_000
describe.each(storageProfiles)('a crowd of publishers on $name', (profile) => {
  /** What the watch of the event loop takes for the time, ms. */
  let elapsed = 0
  let server: TestServer
  let publish: (n: number, length?: number) => Promise<Response>

  beforeAll(async () => {
    const { installation } = await profile.prepare()
    const admission = { elapsed: () => elapsed, crowd: 5 }
    server = await TestServer.start({ installation: { ...installation, admission } })
    const { name, key } = await server.sensor('rpi', ['temp:scalar'])
    const url = `${await server.listen()}/publish/${name}`
    publish = (n, length = 0) =>
      fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ timestamp: T + n, data: { temp: n } }).padEnd(length),
      })
  })
  afterAll(() => server.stop())

  /** The event loop is late, and as many are there as make a crowd. @returns their leaving */
  const crowd = (): (() => void) => {
    const { admission } = server.installation.services
    admission.tick()
    elapsed += 1000
    const works = Array.from({ length: 5 }, () => admission.begin(100))
    return () => {
      for (const work of works) admission.end(work)
    }
  }

  it('is sent away with Retry-After while the event loop is late, and let in when it has come round', async () => {
    const leave = crowd()
    const refused = await publish(5)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toMatchObject({ code: 'overloaded', status: 503 })
    // Who looks at things is not sent away.
    expect((await server.app.inject('/healthz')).statusCode).toBe(200)
    server.installation.services.admission.tick()
    expect((await publish(6)).status).toBe(201)
    leave()
  })

  it('is no crowd any more when it was answered', async () => {
    const leave = crowd()
    expect((await publish(7)).status).toBe(503)
    leave()
    expect((await publish(7)).status).toBe(201)
    expect((await publish(8)).status).toBe(201)
  })

  it('is sent away once more when it asked again at once and was held for long, while there is much to do', async () => {
    using waited = vi.spyOn(HeldConnections.prototype, 'waited').mockReturnValue(251)
    const { admission } = server.installation.services
    admission.tick()
    const works = Array.from({ length: 6 }, () => admission.begin(100))
    for (const work of works) admission.end(work)
    expect((await publish(9)).status).toBe(503)
    waited.mockReturnValue(250)
    expect((await publish(9)).status).toBe(201)
  })

  it('is held when a list is sent away after it was read', async () => {
    using hold = vi.spyOn(HeldConnections.prototype, 'hold')
    using begin = vi.spyOn(server.installation.services.admission, 'begin').mockImplementation(() => {
      throw OVERLOADED
    })
    for (const length of [100, 500_000]) expect((await publish(9, length)).status).toBe(503)
    expect(begin).toHaveBeenCalledTimes(2)
    await expect.poll(() => hold.mock.calls.length).toBe(2)
  })

  it('is counted by the reason', async () => {
    const count = async () => {
      const { body } = await server.app.inject('/metrics')
      return Number(/^senio_refused_total\{code="overloaded"\} (\d+)$/m.exec(body)?.[1] ?? 0)
    }
    const before = await count()
    const leave = crowd()
    const statuses = await Promise.all(Array.from({ length: 20 }, async (_, n) => (await publish(n)).status))
    expect(statuses).toStrictEqual(Array.from({ length: 20 }, () => 503))
    expect(await count()).toBe(before + 20)
    leave()
  })
})
