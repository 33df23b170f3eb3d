import { setTimeout as delay } from 'node:timers/promises'
import { timestampMs } from '@senio/protocol'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { SESSION_IDLE } from '../domain/accounts/sessions.ts'
import { expectProblem, PublishSite } from '../testing/publish-site.ts'
import { storageProfiles } from '../testing/storage-profiles.ts'

const HEARTBEAT = 20_000
const A_SECOND = 1000
const PASSWORD = 'correct horse battery'

describe.each(storageProfiles)('$name', (profile) => {
  let site: PublishSite
  beforeAll(async () => {
    site = await PublishSite.open(await profile.prepare())
  })
  afterAll(() => site.close())

  const listen = async (path: string, headers: Readonly<Record<string, string>>) => {
    const response = await fetch(`${site.url}/api/v1${path}`, { headers })
    expect(response.status).toBe(200)
    let hasEnded = false
    const text = response.text().finally(() => (hasEnded = true))
    return { text, hasEnded: () => hasEnded }
  }
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

  let made = 0
  /** Somebody with two sensors, who is signed in and has a token. */
  const person = async () => {
    const { accounts, sessions, apiTokens, sensors } = site.server.installation.services
    const account = await accounts.create({ email: `person-${++made}@example.org`, password: PASSWORD })
    for (const name of ['mine', 'other']) {
      await sensors.create(account.id, { name, fields: [{ name: 'temp', type: 'scalar', unit: '' }] })
    }
    const session = await sessions.begin(account)
    return { account, session, token: await apiTokens.create(account.id, '') }
  }

  it('a listener is told that the stream lives, and goes on', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { apiTokens } = site.server.installation.services
    const { id, token } = await apiTokens.create(site.owner, '')
    const { text } = await listen('/sensors/rpi/live', bearer(token))
    for (let n = 0; n < 2; n++) vi.advanceTimersByTime(HEARTBEAT)
    expect(await Promise.race([text, delay(100, 'goes on')])).toBe('goes on')
    await apiTokens.revoke(site.owner, id)
    vi.advanceTimersByTime(A_SECOND)
    expect(await text).toBe('retry: 2000\n\n: still here\n\n: still here\n\n')
  })

  describe('a listener is cut off within a second', () => {
    type Person = Awaited<ReturnType<typeof person>>
    type Headers = Readonly<Record<string, string>>
    const ofSession = ({ session }: Person): Headers => ({ cookie: `senio_session=${session.token}` })
    const ofToken = ({ token }: Person): Headers => bearer(token.token)
    const services = () => site.server.installation.services

    it.each<readonly [what: string, as: typeof ofSession, end: (person: Person) => Promise<unknown>]>([
      [
        'the token was revoked',
        ofToken,
        ({ account, token }) => services().apiTokens.revoke(account.id, token.id),
      ],
      ['they signed out', ofSession, ({ session }) => services().sessions.end(session.token)],
      [
        'the administrator ended all their sessions',
        ofSession,
        ({ account }) => services().sessions.endAll(account.id),
      ],
      [
        'their password was changed',
        ofSession,
        ({ account }) => services().accounts.setPassword(account.id, `${PASSWORD}, new`, null),
      ],
      ['the account was deleted', ofSession, ({ account }) => services().accounts.delete(account.id)],
      ['the sensor was deleted', ofToken, ({ account }) => services().sensors.delete(account.id, 'mine')],
    ])('when %s', async (_, as, end) => {
      const [cut, other] = [await person(), await person()]
      const [heard, goesOn] = [
        await listen('/sensors/mine/live', as(cut)),
        await listen('/sensors/mine/live', as(other)),
      ]
      await end(cut)
      expect(await heard.text).toBe('retry: 2000\n\n')
      expect(goesOn.hasEnded()).toBe(false)
    })

    it('when the session was not used for too long', async () => {
      const { now } = site.server
      onTestFinished(() => void (site.server.now = now))
      const { text } = await listen('/sensors/mine/live', ofSession(await person()))
      site.server.now = timestampMs(now + SESSION_IDLE)
      expect(await text).toBe('retry: 2000\n\n')
    })

    it('of several sensors when the last one was deleted', async () => {
      const { account, token } = await person()
      const both = await listen('/live?sensors=mine,other', bearer(token.token))
      const first = await listen('/sensors/mine/live', bearer(token.token))
      await services().sensors.delete(account.id, 'mine')
      await first.text
      expect(both.hasEnded()).toBe(false)
      await services().sensors.delete(account.id, 'other')
      await both.text
    })

    it('and not when the sensor got another name', async () => {
      const { account, token } = await person()
      const renamed = await listen('/sensors/mine/live', bearer(token.token))
      const deleted = await listen('/sensors/other/live', bearer(token.token))
      await services().sensors.update(account.id, 'mine', { name: 'renamed' })
      await services().sensors.delete(account.id, 'other')
      await deleted.text
      expect(renamed.hasEnded()).toBe(false)
    })
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
    const [crowd, other] = [await person(), await person()]
    const listen = async ({ token }: typeof crowd = crowd) => {
      const controller = new AbortController()
      const response = await fetch(`${site.url}/api/v1/sensors/mine/live`, {
        headers: bearer(token.token),
        signal: controller.signal,
      })
      return { response, leave: () => controller.abort() }
    }
    const listeners = await Promise.all(Array.from({ length: 100 }, () => listen()))
    onTestFinished(() => {
      for (const { leave } of listeners) leave()
    })
    expect(new Set(listeners.map(({ response }) => response.status))).toEqual(new Set([200]))
    const { response } = await listen()
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('10')
    expect(await response.json()).toMatchObject({ code: 'rate-limited' })
    const theirs = await listen(other)
    expect(theirs.response.status).toBe(200)
    theirs.leave()
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
