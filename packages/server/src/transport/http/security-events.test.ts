import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { DAY, timestampMs } from '@senio/protocol'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AccountId } from '../../storage/account-store.ts'
import { TestServer } from '../../testing/test-server.ts'
import type { App } from './app.ts'
import { createHttpServer } from './server.ts'

type Line = Readonly<Record<string, unknown>>

const PASSWORD = 'correct horse battery'
const MEASURED = { timestamp: 1_600_000_000_000, data: { temp: 1 } }
let lines: Line[] = []
let server: TestServer
let app: App
let url: string
let ada: { readonly id: AccountId; readonly token: string }
let ben: { readonly id: AccountId; readonly token: string }
let rpi: { readonly name: string; readonly key: string }
let roof: { readonly name: string; readonly key: string }

beforeAll(async () => {
  server = await TestServer.start({ publishRate: 1 })
  ada = await server.account('ada@example.org')
  ben = await server.account('ben@example.org')
  rpi = await server.sensor('rpi', ['temp:scalar'], ada.id)
  roof = await server.sensor('roof', ['temp:scalar'], ada.id)
  app = await createHttpServer(server.installation.services, {
    logger: pino(
      { base: null, level: 'info' },
      { write: (line) => void lines.push(JSON.parse(line) as Line) },
    ),
    publicUrl: undefined,
    trustProxy: ['127.0.0.1'],
    bodyTimeout: 1000,
    webApp: server.dataDir,
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await app.close()
  await server.stop()
})
beforeEach(() => {
  lines = []
})

let clients = 0
/** Asks from an address of its own, through a proxy. */
async function ask(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
): Promise<{ readonly status: number; readonly client: string; readonly cookie: string }> {
  const client = `192.0.2.${++clients}`
  const response = await fetch(url + path, {
    method,
    headers: {
      ...headers,
      'x-forwarded-for': client,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  await response.arrayBuffer()
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  return { status: response.status, client, cookie }
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
const events = (name: string): readonly Line[] => lines.filter(({ event }) => event === name)
const REQUEST_ID = /^[0-9a-f]{8}-[0-9a-z]+$/

describe('a refusal has a line', () => {
  it('where a key is unknown', async () => {
    const { client } = await ask('POST', '/publish/rpi', bearer('nonsense'), MEASURED)
    expect(events('refused')).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        reqId: expect.stringMatching(REQUEST_ID),
        event: 'refused',
        code: 'key-refused',
        method: 'POST',
        route: '/publish/:name',
        client,
        msg: 'refused',
      },
    ])
  })

  it('where a key is that of another sensor, by its id', async () => {
    await ask('POST', '/publish/rpi', bearer(roof.key), MEASURED)
    // Through the framework, too.
    await ask('POST', '/publish/r%70i', bearer(roof.key), MEASURED)
    await ask('GET', '/publish/rpi', bearer(roof.key))
    const key = expect.any(Number)
    expect(events('refused')).toMatchObject([
      { code: 'key-refused', method: 'POST', key },
      { code: 'key-refused', method: 'POST', key },
      { code: 'key-refused', method: 'GET', key, route: '/publish/:name' },
    ])
  })

  it('where a key sends too much, by its id', async () => {
    for (let i = 0; i < 12; i++) await ask('POST', '/publish/rpi', bearer(rpi.key), MEASURED)
    expect(events('refused')[0]).toMatchObject({ code: 'rate-limited', key: expect.any(Number) })
  })

  it('where nobody is signed in', async () => {
    const { client } = await ask('GET', '/api/v1/sensors/rpi/keys?limit=secret', {})
    expect(events('refused')).toMatchObject([
      { code: 'not-signed-in', route: '/api/v1/sensors/:name/keys', client },
    ])
    expect(events('refused')[0]).not.toHaveProperty('account')
  })

  it('with the account: what only administrators may, and what is not its own', async () => {
    await ask('GET', '/api/v1/accounts', bearer(ben.token))
    await ask('GET', '/api/v1/sensors/rpi', bearer(ben.token))
    await ask('DELETE', '/api/v1/tokens/1', bearer(ben.token))
    await ask('GET', '/api/v1/sensors?limit=x', bearer(ben.token))
    const account = ben.id
    expect(events('refused')).toMatchObject([
      { code: 'not-allowed', account, route: '/api/v1/accounts' },
      { code: 'not-found', account, route: '/api/v1/sensors/:name' },
      { code: 'not-found', account, route: '/api/v1/tokens/:id', method: 'DELETE' },
      { code: 'parameter-invalid', account, route: '/api/v1/sensors' },
    ])
  })

  it("where a page of another site writes in somebody's name", async () => {
    const credentials = { email: 'ada@example.org', password: PASSWORD }
    const { cookie } = await ask('POST', '/api/v1/session', {}, credentials)
    expect(events('signed-in')).toMatchObject([{ account: ada.id, client: expect.any(String) }])
    await ask('DELETE', '/api/v1/session', { cookie, origin: 'https://evil.example' })
    expect(events('refused')).toMatchObject([{ code: 'wrong-origin', account: ada.id }])
  })

  it('where a password is wrong, without what was typed', async () => {
    const typed = { email: 'a-password-typed-here', password: 'another-one' }
    const { client, status } = await ask('POST', '/api/v1/session', {}, typed)
    expect(status).toBe(401)
    expect(events('sign-in-refused')).toMatchObject([{ code: 'wrong-credentials', client }])
    expect(JSON.stringify(lines)).not.toMatch(/typed-here|another-one/)
  })

  it('where what came is no HTTP, or can be read in two ways', async () => {
    for (const request of [
      'GET /secret HTTP/9.9\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      'GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
    ]) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      socket.on('error', () => {}).resume()
      socket.write(request)
      await once(socket, 'close')
    }
    expect(events('refused')).toMatchObject([
      { code: 'malformed-request', client: '127.0.0.1' },
      { code: 'headers-too-large', client: '127.0.0.1' },
      { code: 'malformed-request', client: '127.0.0.1', route: '/healthz', reqId: expect.any(String) },
    ])
    expect(JSON.stringify(lines)).not.toContain('secret')
  })

  it('with no address but one, whatever a client says that it was sent on for', async () => {
    const headers = { 'x-forwarded-for': 'not an address' }
    await fetch(`${url}/publish/rpi`, { method: 'POST', headers: { ...headers, ...bearer('x') } })
    expect(events('refused')).toMatchObject([{ client: 'unknown' }])
  })

  it('unless it is a stranger who looks for what is not there', async () => {
    await ask('GET', '/wp-login.php', {})
    await ask('GET', '/api/v1/nothing', bearer(ben.token))
    expect(events('refused')).toEqual([])
  })
})

describe('the use of a credential has a line', () => {
  it('once a day for each network', async () => {
    const { id, token } = await server.installation.services.apiTokens.create(ada.id, '')
    const use = (client: string) =>
      fetch(`${url}/api/v1/me`, { headers: { ...bearer(token), 'x-forwarded-for': client } })
    for (const client of ['198.51.100.1', '198.51.100.1', '198.51.100.2', '198.51.100.1']) await use(client)
    expect(events('token-used')).toMatchObject([
      { token: id, account: ada.id, client: '198.51.100.1' },
      { token: id, account: ada.id, client: '198.51.100.2' },
    ])
    server.now = timestampMs(server.now + DAY)
    await use('198.51.100.1')
    expect(events('token-used')).toHaveLength(3)
    for (let i = 0; i < 50; i++) await use(`203.0.113.${i}`)
    expect(events('token-used').length).toBeLessThan(3 + 10)
  })

  it('of a device that publishes', async () => {
    const garden = await server.sensor('garden', ['temp:scalar'], ada.id)
    const first = await ask('POST', '/publish/garden', bearer(garden.key), MEASURED)
    expect(first.status).toBe(201)
    expect(events('key-used')).toMatchObject([
      { key: expect.any(Number), sensor: expect.any(Number), client: first.client },
    ])
    expect(JSON.stringify(lines)).not.toContain(garden.key)
  })
})

it('what was done to accounts, tokens and keys has a line, with who did it', async () => {
  const admin = bearer(ada.token)
  await ask('POST', '/api/v1/accounts', admin, { email: 'carl@example.org', password: PASSWORD })
  const carl = Number(events('account-created')[0]?.['target'])
  await ask('DELETE', `/api/v1/accounts/${carl}`, admin)
  await ask('POST', '/api/v1/tokens', admin, {})
  const token = Number(events('token-created')[0]?.['token'])
  await ask('DELETE', `/api/v1/tokens/${token}`, admin)
  await ask('POST', '/api/v1/sensors/rpi/keys', admin, {})
  const key = Number(events('key-created')[0]?.['key'])
  await ask('DELETE', `/api/v1/sensors/rpi/keys/${key}`, admin)
  const account = ada.id
  const told = lines.filter(({ event }) => !String(event).endsWith('-used'))
  expect(told).toMatchObject([
    { event: 'account-created', account, target: carl },
    { event: 'account-deleted', account, target: carl },
    { event: 'token-created', account, token },
    { event: 'token-revoked', account, token },
    { event: 'key-created', account, key },
    { event: 'key-revoked', account, key },
  ])
  expect(JSON.stringify(lines)).not.toContain('carl@')
})
