import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storageProfiles } from '../../testing/storage-profiles.ts'
import { TestServer } from '../../testing/test-server.ts'

const T = 1_600_000_000_000
describe.each(storageProfiles)('a crowd of publishers on $name', (profile) => {
  /** What the watch of the event loop takes for the time, ms. */
  let elapsed = 0
  let server: TestServer
  let publish: (n: number) => Promise<Response>

  beforeAll(async () => {
    const { installation } = await profile.prepare()
    const admission = { elapsed: () => elapsed, crowd: 5 }
    server = await TestServer.start({ installation: { ...installation, admission } })
    const { name, key } = await server.sensor('rpi', ['temp:scalar'])
    const url = `${await server.listen()}/publish/${name}`
    publish = (n) =>
      fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ timestamp: T + n, data: { temp: n } }),
      })
  })
  afterAll(() => server.stop())

  it('is sent away with Retry-After while the event loop is late, and let in when it has come round', async () => {
    const { admission } = server.installation.services
    admission.tick()
    elapsed += 1000
    const first = await Promise.all([0, 1, 2, 3, 4].map(publish))
    expect(first.map(({ status }) => status)).toStrictEqual([201, 201, 201, 201, 201])
    const refused = await publish(5)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(await refused.json()).toMatchObject({ code: 'overloaded', status: 503 })
    // Who looks at things is not sent away.
    expect((await server.app.inject('/healthz')).statusCode).toBe(200)
    admission.tick()
    expect((await publish(6)).status).toBe(201)
  })

  it('is counted by the reason', async () => {
    const { admission } = server.installation.services
    const count = async () => {
      const { body } = await server.app.inject('/metrics')
      return Number(/^senio_refused_total\{code="overloaded"\} (\d+)$/m.exec(body)?.[1] ?? 0)
    }
    const before = await count()
    admission.tick()
    elapsed += 1000
    const statuses = await Promise.all(Array.from({ length: 20 }, async (_, n) => (await publish(n)).status))
    expect(statuses.filter((status) => status === 503)).toHaveLength(15)
    expect(await count()).toBe(before + 15)
    admission.tick()
  })
})
