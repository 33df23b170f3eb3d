import { type ErrorCode, errorKind } from '@senio/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, type SiteAnswer } from '../testing/publish-site.ts'
import { storageProfiles } from '../testing/storage-profiles.ts'
import { type AccessRule, accessRules, missing, type Stage } from './access-rules.ts'
import { AuthorisationSite } from './authorisation-site.ts'

type Headers = readonly string[]

interface Actor {
  readonly name: string
  /** The lines by which they say who they are; made anew for each request. */
  readonly headers: (site: AuthorisationSite, stage: Stage) => Promise<Headers>
  readonly is:
    | 'nobody'
    | 'owner'
    | 'other'
    | 'administrator'
    | 'device'
    /** The owner's browser, on another site's page. */
    | 'tricked owner'
}

const bearer = (token: string): Headers => [`Authorization: Bearer ${token}`]
const cookie = (session: string, ...more: string[]): Headers => [`Cookie: senio_session=${session}`, ...more]

const actors: readonly Actor[] = [
  { name: 'a stranger', is: 'nobody', headers: async () => [] },
  { name: 'an unknown token', is: 'nobody', headers: async () => bearer('senio_nonsense') },
  { name: 'an unknown session', is: 'nobody', headers: async () => cookie('nonsense') },
  {
    name: "the owner's expired session",
    is: 'nobody',
    headers: async (site) => cookie(await site.expiredSession(site.owner), `Origin: ${site.origin}`),
  },
  {
    name: "the owner's ended session",
    is: 'nobody',
    async headers(site) {
      const session = await site.session(site.owner)
      await site.server.installation.services.sessions.end(session)
      return cookie(session, `Origin: ${site.origin}`)
    },
  },
  {
    name: "the owner's revoked token",
    is: 'nobody',
    async headers(site) {
      const { apiTokens } = site.server.installation.services
      const { id, token } = await apiTokens.create(site.owner.id, '')
      expect(await apiTokens.open(token)).not.toBeNull()
      await apiTokens.revoke(site.owner.id, id)
      return bearer(token)
    },
  },
  {
    name: 'a session as a token',
    is: 'nobody',
    headers: async (site) => bearer(await site.session(site.owner)),
  },
  {
    name: 'a token as a session',
    is: 'nobody',
    headers: async (site) => cookie(await site.token(site.owner), `Origin: ${site.origin}`),
  },
  {
    name: "the sensor's revoked device key",
    is: 'nobody',
    async headers(site, stage) {
      const { deviceKeys, sensors } = site.server.installation.services
      // Where the path names no sensor that there is, any of the owner's does.
      const found = await sensors.list(site.owner.id, { search: stage.sensor, limit: 1, cursor: null })
      const name = found.items[0]?.sensor.name ?? (await site.device(site.owner)).name
      const { id, key } = await deviceKeys.create(site.owner.id, name, '')
      await deviceKeys.revoke(site.owner.id, name, id)
      return bearer(key)
    },
  },
  {
    name: 'the device key of another sensor of the owner',
    is: 'nobody',
    headers: async (site) => bearer((await site.device(site.owner)).key),
  },
  {
    name: "the device key of another account's sensor",
    is: 'nobody',
    headers: async (site) => bearer((await site.device(site.other)).key),
  },
  { name: "the sensor's device key", is: 'device', headers: async (_site, stage) => bearer(stage.key) },
  { name: 'another account', is: 'other', headers: async (site) => bearer(await site.token(site.other)) },
  {
    name: 'an administrator',
    is: 'administrator',
    headers: async (site) => bearer(await site.token(site.administrator)),
  },
  {
    name: "a page of another site in the owner's browser",
    is: 'tricked owner',
    headers: async (site) => cookie(await site.session(site.owner), 'Origin: https://evil.example'),
  },
  { name: "the owner's token", is: 'owner', headers: async (site) => bearer(await site.token(site.owner)) },
  {
    name: "the owner's session",
    is: 'owner',
    headers: async (site) => cookie(await site.session(site.owner), `Origin: ${site.origin}`),
  },
]

/** What an actor gets from a route: the code of a refusal, or the status of success. */
function expected({ access, success = 200 }: AccessRule, { is }: Actor, method: string): ErrorCode | number {
  if (access === 'everybody') {
    return is === 'tricked owner' && method !== 'GET' ? 'wrong-origin' : success
  }
  if (access === 'device') return is === 'device' ? success : 'key-refused'
  if (is === 'nobody' || is === 'device') return 'not-signed-in'
  if (is === 'tricked owner' && method !== 'GET') return 'wrong-origin'
  switch (access) {
    case 'signed-in':
      return success
    case 'administrator':
      return is === 'administrator' ? success : 'not-allowed'
    case 'owner':
      return is === 'owner' || is === 'tricked owner' ? success : 'not-found'
  }
}

/** Everything that is told, without what differs by itself: the date, and the name or id that was asked for. */
function told({ status, headers, body }: SiteAnswer, stage: Stage): unknown {
  const asked = Object.values(stage).filter((value) => typeof value === 'string')
  const text = asked.reduce((text, value) => text.replaceAll(value, '…'), body.toString())
  return { status, headers: { ...headers, date: '', 'content-length': '' }, text }
}

/** Without what is answered to GET alone. */
function headOf(answer: SiteAnswer, stage: Stage): unknown {
  const { 'content-length': _, 'transfer-encoding': __, ...headers } = answer.headers
  return told({ status: answer.status, headers, body: Buffer.alloc(0), json: null }, stage)
}

const apiRules = Object.entries(accessRules).filter(([route]) => route.includes('/api/v1/'))

describe.each(storageProfiles)('$name', (profile) => {
  let site: AuthorisationSite
  beforeAll(async () => {
    site = await AuthorisationSite.open(profile)
    await site.ensureSomeone()
  })
  afterAll(() => site.close())

  it('every route has a rule of access, and every rule a route', () => {
    const [heads, routes] = [/^HEAD /, /^(?!HEAD )/].map((method) =>
      site.routes.filter((route) => method.test(route) && !route.endsWith(' *')),
    )
    expect(Object.keys(accessRules).toSorted()).toEqual(routes?.toSorted())
    expect(heads?.length).toBeGreaterThan(20)
    // Fastify tells of GET once where a path may end in a slash or not, and of HEAD for each of both.
    const whole = heads?.map((route) => route.replace('HEAD', 'GET').replace(/(?<=\w)\/$/, ''))
    expect(Object.keys(accessRules)).toEqual(expect.arrayContaining(whole ?? []))
  })

  describe.each(Object.entries(accessRules))('%s', (route, rule) => {
    const method = route.split(' ')[0] ?? ''
    const refused = actors.filter((actor) => typeof expected(rule, actor, method) === 'string')
    const allowed = actors.filter((actor) => typeof expected(rule, actor, method) === 'number')

    it('refuses whoever may not, and changes nothing', async () => {
      await site.ensureSomeone()
      const stage = await site.stage()
      const before = await site.belongings(stage)
      for (const actor of refused) {
        const answer = await site.ask(route, rule, stage, await actor.headers(site, stage))
        const code = expected(rule, actor, method)
        expect([actor.name, answer.json?.['code']]).toEqual([actor.name, code])
        expectProblem(answer, code as ErrorCode)
        if (code !== 'not-found' && code !== 'key-refused') continue
        // As if there were nothing, to the last byte.
        const absent = await site.ask(route, rule, missing, await actor.headers(site, stage))
        expect([actor.name, told(answer, stage)]).toEqual([actor.name, told(absent, missing)])
      }
      expect(await site.belongings(stage)).toEqual(before)
    })

    it.each(method === 'GET' ? [route.replace('GET', 'HEAD')] : [])(
      'tells as much without a body, whoever asks: %s',
      async (head) => {
        const stage = await site.stage()
        if (!site.routes.includes(head)) return
        for (const actor of actors) {
          const headers = await actor.headers(site, stage)
          const answer = await site.ask(head, rule, stage, headers)
          const wanted = expected(rule, actor, method)
          const status = typeof wanted === 'number' ? wanted : errorKind(wanted).status
          expect([actor.name, answer.status]).toEqual([actor.name, status])
          const whole = await site.ask(route, rule, stage, headers)
          expect([actor.name, headOf(answer, stage)]).toEqual([actor.name, headOf(whole, stage)])
          if (wanted !== 'not-found') continue
          const absent = await site.ask(head, rule, missing, headers)
          expect([actor.name, told(answer, stage)]).toEqual([actor.name, told(absent, missing)])
        }
      },
    )

    it.each(allowed)('lets in: $name', async (actor) => {
      await site.ensureSomeone()
      const stage = await site.stage()
      const answer = await site.ask(route, rule, stage, await actor.headers(site, stage))
      expect(answer.status).toBe(expected(rule, actor, method))
    })

    const { crossed } = rule
    if (crossed === undefined) return
    it("leads from one's own to nothing of somebody else's", async () => {
      const [mine, theirs] = [await site.stage(site.other), await site.stage()]
      const before = await site.belongings(theirs)
      const headers = bearer(await site.token(site.other))
      const answer = await site.ask(route, rule, mine, headers, crossed(mine, theirs))
      expectProblem(answer, 'not-found')
      const absent = await site.ask(route, rule, mine, headers, crossed(mine, missing))
      expect(told(answer, theirs)).toEqual(told(absent, missing))
      expect(await site.belongings(theirs)).toEqual(before)
    })
  })

  const restricted = apiRules.filter(([, { access }]) => access !== 'everybody')
  it.each(restricted)('%s refuses strangers before it looks at what they send', async (route, rule) => {
    const stage = await site.stage()
    const path = rule.path?.(stage) ?? route.split(' ')[1] ?? ''
    const wrong = `${path}${path.includes('?') ? '&' : '?'}limit=-1`
    const nonsense: AccessRule = { ...rule, body: () => ({ nonsense: true }) }
    expectProblem(await site.ask(route, nonsense, stage, [], wrong), 'not-signed-in')
  })

  const taking = apiRules.filter(([, { body }]) => body !== undefined)
  it.each(taking)('%s takes no key that it does not know', async (route, rule) => {
    await site.ensureSomeone()
    const stage = await site.stage()
    const before = await site.belongings(stage)
    const asker = rule.access === 'administrator' ? site.administrator : site.owner
    const headers = bearer(await site.token(asker))
    for (const extra of [{ owner: 2 }, { role: 'admin' }, { id: 7 }]) {
      const more: AccessRule = { ...rule, body: (given) => ({ ...rule.body?.(given), ...extra }) }
      expectProblem(await site.ask(route, more, stage, headers), 'parameter-invalid')
    }
    expect(await site.belongings(stage)).toEqual(before)
  })

  it("shows in lists only what is one's own", async () => {
    const theirs = await site.stage()
    const mine = await site.stage(site.other)
    const headers = bearer(await site.token(site.other))
    const sessions = await site.ask('GET /api/v1/sessions', { access: 'signed-in' }, mine, headers)
    expect(sessions.body.includes(mine.sessionId)).toBe(true)
    expect(sessions.body.includes(theirs.sessionId)).toBe(false)
    for (const path of ['/api/v1/sensors?limit=1000', '/api/v1/views', '/api/v1/tokens?limit=1000']) {
      const { status, body } = await site.ask(`GET ${path}`, { access: 'signed-in' }, mine, headers)
      expect(status).toBe(200)
      expect(body.includes(theirs.sensor)).toBe(false)
      const ids = [...body.toString().matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id))
      expect(ids).not.toContain(path.includes('views') ? theirs.viewId : theirs.tokenId)
    }
  })

  describe("takes no field of somebody else's sensor into a view, also not beside one's own", () => {
    it.each(['POST', 'PATCH'])('by %s', async (method) => {
      const [mine, theirs] = [await site.stage(site.other), await site.stage()]
      const { views } = site.server.installation.services
      const path = method === 'POST' ? '/api/v1/views' : `/api/v1/views/${mine.viewId}`
      const before = await views.list(site.other.id, 100, null)
      const headers = bearer(await site.token(site.other))
      for (const beside of [[], [{ sensor: mine.sensor, field: 'temp' }]]) {
        const rule: AccessRule = {
          access: 'signed-in',
          body: ({ sensor }) => ({
            name: 'composed',
            panels: [{ columns: 12, rows: 4, fields: [...beside, { sensor, field: 'temp' }] }],
          }),
        }
        const answer = await site.ask(`${method} ${path}`, rule, theirs, headers)
        const absent = await site.ask(`${method} ${path}`, rule, missing, headers)
        expectProblem(answer, 'parameter-invalid')
        expect(told(answer, theirs)).toEqual(told(absent, missing))
      }
      expect(await views.list(site.other.id, 100, null)).toEqual(before)
    })
  })

  it("lets nobody listen to somebody else's sensor beside their own", async () => {
    const [mine, theirs] = [await site.stage(site.other), await site.stage()]
    const headers = bearer(await site.token(site.other))
    const listen = (...names: readonly string[]): Promise<SiteAnswer> =>
      site.ask(`GET /api/v1/live?sensors=${names.join(',')}`, { access: 'owner' }, mine, headers)
    for (const order of [
      (name: string) => listen(mine.sensor, name),
      (name: string) => listen(name, mine.sensor),
    ]) {
      const answer = await order(theirs.sensor)
      expectProblem(answer, 'not-found')
      expect(told(answer, theirs)).toEqual(told(await order(missing.sensor), missing))
    }
  })
})
