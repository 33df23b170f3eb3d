import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { expectProblem, PublishSite } from '../testing/publish-site.ts'
import { storageProfiles } from '../testing/storage-profiles.ts'

const HEARTBEAT = 20_000

describe.each(storageProfiles)('$name', (profile) => {
  let site: PublishSite
  beforeAll(async () => {
    site = await PublishSite.open(await profile.prepare())
  })
  afterAll(() => site.close())

  it('a listener is cut off at the next heartbeat when the token was revoked', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { apiTokens } = site.server.installation.services
    const { id, token } = await apiTokens.create(site.owner, '')
    const response = await fetch(`${site.url}/api/v1/sensors/rpi/live`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(response.status).toBe(200)
    const text = response.text()
    vi.advanceTimersByTime(HEARTBEAT)
    expect(await Promise.race([text, delay(100, 'goes on')])).toBe('goes on')
    await apiTokens.revoke(site.owner, id)
    vi.advanceTimersByTime(HEARTBEAT)
    expect(await text).toBe('retry: 2000\n\n: still here\n\n: still here\n\n')
  })

  it.each(['/api/v1/sensors/rpi/live', '/api/v1/live?sensors=rpi'])(
    'asks for the head of events get none: %s',
    async (path) => {
      const answer = await site.send({
        method: 'HEAD',
        path,
        headers: [`Authorization: Bearer ${site.token}`],
      })
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET'])
    },
  )

  it('at most a hundred listen for an account, and another one when one has gone', async () => {
    const listen = async () => {
      const controller = new AbortController()
      const response = await fetch(`${site.url}/api/v1/sensors/rpi/live`, {
        headers: { authorization: `Bearer ${site.token}` },
        signal: controller.signal,
      })
      return { response, leave: () => controller.abort() }
    }
    const listeners = await Promise.all(Array.from({ length: 100 }, listen))
    onTestFinished(() => {
      for (const { leave } of listeners) leave()
    })
    expect(new Set(listeners.map(({ response }) => response.status))).toEqual(new Set([200]))
    const { response } = await listen()
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('10')
    expect(await response.json()).toMatchObject({ code: 'rate-limited' })
    const other = await site.server.account(`listener-${profile.name.length}@example.org`)
    await site.server.sensor('theirs', ['temp:scalar'], other.id)
    const theirs = new AbortController()
    const heard = await fetch(`${site.url}/api/v1/sensors/theirs/live`, {
      headers: { authorization: `Bearer ${other.token}` },
      signal: theirs.signal,
    })
    expect(heard.status).toBe(200)
    theirs.abort()
    listeners.pop()?.leave()
    await vi.waitFor(async () => {
      const another = await listen()
      listeners.push(another)
      expect(another.response.status).toBe(200)
    })
  })

  it('a listener that does not read is cut off, and its memory freed', async () => {
    const response = await fetch(`${site.url}/api/v1/sensors/rpi/live`, {
      headers: { authorization: `Bearer ${site.token}` },
    })
    const tags = Array.from({ length: 32 }, (_, i) => `${i}`.padEnd(256, 'x'))
    const lines = Array.from({ length: 300 }, () =>
      JSON.stringify({ timestamp: site.nextTime(), data: { temp: 1 }, tags }),
    )
    for (let n = 0; n < 4; n++) {
      expect((await site.post(lines.join('\n'), 'application/x-ndjson')).status).toBe(201)
    }
    await expect(response.text()).rejects.toThrow()
    expectProblem(await site.post('{'), 'malformed-json')
  })
})
