import { describe, expect, it } from 'vitest'
import { anna, ben, populatedApp } from './testing/people-app.ts'

interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: object
}

/** Every route that needs somebody, with a body that would do. */
const routes: readonly Route[] = [
  { method: 'DELETE', path: '/session' },
  { method: 'GET', path: '/me' },
  { method: 'PATCH', path: '/me', body: { currentPassword: anna.password, newPassword: 'a new password' } },
  { method: 'GET', path: '/accounts' },
  { method: 'POST', path: '/accounts', body: { email: 'carl@example.org', password: 'some password' } },
  { method: 'DELETE', path: '/accounts/2' },
  { method: 'GET', path: '/tokens' },
  { method: 'POST', path: '/tokens', body: { label: 'x' } },
  { method: 'DELETE', path: '/tokens/1' },
  { method: 'GET', path: '/sensors' },
  { method: 'POST', path: '/sensors', body: { name: 'new' } },
  { method: 'GET', path: '/sensors/rpi' },
  { method: 'PATCH', path: '/sensors/rpi', body: { name: 'other' } },
  { method: 'DELETE', path: '/sensors/rpi' },
  { method: 'POST', path: '/sensors/rpi/fields', body: { name: 'door', type: 'boolean' } },
  { method: 'PATCH', path: '/sensors/rpi/fields/temp', body: { unit: 'K' } },
  { method: 'DELETE', path: '/sensors/rpi/fields/temp' },
  { method: 'GET', path: '/sensors/rpi/keys' },
  { method: 'POST', path: '/sensors/rpi/keys', body: {} },
  { method: 'DELETE', path: '/sensors/rpi/keys/1' },
]
const writes = routes.filter(({ method }) => method !== 'GET')

describe('the REST API', () => {
  it.each(routes)('refuses strangers: $method $path', async ({ method, path, body }) => {
    const { ask, key } = await populatedApp()
    const strangers = [
      {},
      { authorization: 'Bearer ' },
      { authorization: 'Bearer senio_nonsense' },
      { authorization: `Bearer ${key}` },
      { authorization: 'Basic YTpi' },
      { cookie: 'senio_session=' },
      { cookie: 'senio_session=nonsense', origin: 'http://localhost:80' },
    ]
    for (const headers of strangers) {
      expect(await ask(method, path, body, headers)).toMatchObject({
        status: 401,
        headers: { 'content-type': 'application/problem+json; charset=utf-8' },
        json: { code: 'not-signed-in' },
      })
    }
  })

  it.each(routes.filter(({ path }) => path !== '/session' && path !== '/me'))(
    'refuses strangers before it looks at what they sent: $method $path',
    async ({ method, path }) => {
      const { ask } = await populatedApp()
      expect(await ask(method, `${path}?limit=-1`, { nonsense: true })).toMatchObject({ status: 401 })
    },
  )

  it.each(writes)("refuses another site's page: $method $path", async ({ method, path, body }) => {
    const { ask, sessions } = await populatedApp()
    const { token } = await sessions.signIn({ ...anna, client: '' })
    const cookie = `senio_session=${token}`
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:81' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'http://localhost:80', 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of foreign) {
      expect(await ask(method, path, body, { cookie, ...headers })).toMatchObject({
        status: 403,
        json: { code: 'wrong-origin' },
      })
    }
  })

  it.each([
    { origin: 'http://localhost:80' },
    { origin: 'https://senio.example', host: 'senio.example' },
    { 'sec-fetch-site': 'same-origin' },
    { origin: 'https://senio.example', 'sec-fetch-site': 'same-origin' },
    {},
  ])(
    'takes writes of its own page, and of scripts that say no origin: %j',
    async (headers: Record<string, string>) => {
      const { ask, sessions } = await populatedApp()
      const { token } = await sessions.signIn({ ...anna, client: '' })
      const answer = await ask(
        'POST',
        '/sensors',
        { name: 'new' },
        { cookie: `senio_session=${token}`, ...headers },
      )
      expect(answer.status).toBe(201)
    },
  )

  it('lets pages read with the cookie alone, and scripts do anything with a token', async () => {
    const { ask, sessions, asScript } = await populatedApp()
    const { token } = await sessions.signIn({ ...anna, client: '' })
    expect(await ask('GET', '/sensors/rpi', undefined, { cookie: `senio_session=${token}` })).toMatchObject({
      status: 200,
    })
    const script = await asScript(anna.email)
    expect(await ask('POST', '/sensors', { name: 'new' }, script)).toMatchObject({ status: 201 })
    expect(await ask('GET', '/me', undefined, { ...script, cookie: 'senio_session=x' })).toMatchObject({
      json: { email: anna.email },
    })
  })

  it('keeps the session when a proxy asks for a password of its own', async () => {
    const { ask, sessions, asPage } = await populatedApp()
    const { token } = await sessions.signIn({ ...anna, client: '' })
    const answer = await ask('GET', '/me', undefined, { ...asPage(token), authorization: 'Basic YTpi' })
    expect(answer.status).toBe(200)
  })

  it.each(routes.filter(({ path }) => path.startsWith('/sensors/')))(
    "answers for somebody else's sensor as for none: $method $path",
    async ({ method, path, body }) => {
      const { ask, asScript, owner, sensors, sensor } = await populatedApp()
      const stranger = await asScript(ben.email)
      const theirs = await ask(method, path, body, stranger)
      const none = await ask(method, path.replace('rpi', 'none'), body, stranger)
      expect(theirs).toMatchObject({ status: 404, json: { code: 'not-found' } })
      expect(theirs.json).toEqual(none.json)
      expect(await sensors.get(owner.id, 'rpi')).toEqual(sensor)
    },
  )

  it("answers for somebody else's token as for none", async () => {
    const { ask, asScript, apiTokens, owner } = await populatedApp()
    const { id, token } = await apiTokens.create(owner.id, '')
    const stranger = await asScript(ben.email)
    const theirs = await ask('DELETE', `/tokens/${id}`, undefined, stranger)
    expect(theirs.status).toBe(404)
    for (const none of ['12345', '0', '-1', '1e0', 'abc', '1.5', '99999999999999999999']) {
      expect(await ask('DELETE', `/tokens/${none}`, undefined, stranger)).toMatchObject({
        status: 404,
        json: theirs.json,
      })
    }
    expect(await apiTokens.accountByApiToken(token)).toEqual(owner)
  })

  it.each(routes.filter(({ path }) => path.startsWith('/accounts')))(
    'is for administrators only: $method $path',
    async ({ method, path, body }) => {
      const { ask, asScript } = await populatedApp()
      expect(await ask(method, path, body, await asScript(ben.email))).toMatchObject({
        status: 403,
        json: { code: 'not-allowed' },
      })
    },
  )

  it.each(routes.filter(({ body }) => body !== undefined))(
    'refuses keys that it does not know: $method $path',
    async ({ method, path, body }) => {
      const { ask, asScript, owner, sensors, sensor } = await populatedApp()
      const script = await asScript(anna.email)
      for (const extra of [{ owner: 2 }, { role: 'admin' }, { id: 7 }]) {
        expect(await ask(method, path, { ...body, ...extra }, script)).toMatchObject({
          status: 422,
          json: { code: 'parameter-invalid' },
        })
      }
      expect(await sensors.get(owner.id, 'rpi')).toEqual(sensor)
    },
  )

  it.each([
    '/sensors?limit=1e9',
    '/sensors?limit=0',
    '/sensors?limit=1;drop table sensors',
    '/sensors?cursor=nonsense',
    '/sensors?owner=2',
    '/tokens?cursor=nonsense',
    '/accounts?cursor=nonsense',
    '/sensors/rpi/keys?cursor=nonsense',
  ])('refuses %s', async (path) => {
    const { ask, asScript } = await populatedApp()
    expect(await ask('GET', path, undefined, await asScript(anna.email))).toMatchObject({
      status: 422,
      json: { code: 'parameter-invalid' },
    })
  })
})
