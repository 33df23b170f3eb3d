import { setTimeout as sleep } from 'node:timers/promises'
import type { MeasurementJson } from '@senio/protocol/api'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { present } from '../storage/contract/database-under-test.ts'
import { apiClient } from '../testing/api-client.ts'
import {
  createTestDatabase,
  type PostgresTestDatabase,
  postgresServerUrl,
} from '../testing/postgres/test-database.ts'
import { TestServer } from '../testing/test-server.ts'

const serverUrl = await postgresServerUrl()

const PASSWORD = 'correct horse battery'
const RATE = 20

/** Within which everything is to have its effect everywhere, in ms. */
const A_SECOND = 1000

describe.skipIf(serverUrl === null)('two nodes on one PostgreSQL', () => {
  let database: PostgresTestDatabase
  let a: TestServer
  let b: TestServer
  let urls: { readonly a: string; readonly b: string }

  const start = () =>
    TestServer.start({
      publishRate: RATE,
      installation: { databaseUrl: database.url, databaseConnections: 5 },
    })
  beforeAll(async () => {
    database = await createTestDatabase(present(serverUrl))
    ;[a, b] = await Promise.all([start(), start()])
    urls = { a: await a.listen(), b: await b.listen() }
  })
  afterAll(async () => {
    for (const { app } of [a, b]) app.server.closeAllConnections()
    await Promise.all([a.stop(), b.stop()])
    await database.drop()
  })

  let made = 0
  const newOwner = () => a.account(`owner-${++made}@example.org`)
  let time = 1_600_000_000_000
  /** The status of publishing one measurement. */
  const publish = async (url: string, name: string, key: string, data: object = { temp: 1 }) => {
    const response = await fetch(`${url}/publish/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ timestamp: ++time, data }),
    })
    await response.arrayBuffer()
    return response.status
  }
  const signIn = (url: string, email: string, password: string) =>
    fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })

  test('tell each other’s listeners what is stored', async () => {
    const { id, token } = await newOwner()
    const { key } = await a.sensor('heard', ['temp:scalar'], id)
    const listener = new AbortController()
    const response = await fetch(`${urls.b}/api/v1/sensors/heard/live`, {
      headers: { authorization: `Bearer ${token}` },
      signal: listener.signal,
    })
    for (const temp of [20, 21]) expect(await publish(urls.a, 'heard', key, { temp })).toBe(201)
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += new TextDecoder().decode(chunk)
      if (text.split('data: ').length > 2) break
    }
    listener.abort()
    const events = [...text.matchAll(/^event: measurement\ndata: (.*)$/gm)].map(
      ([, json = '']) => JSON.parse(json) as MeasurementJson,
    )
    expect(events.map(({ data }) => data)).toEqual([{ temp: 20 }, { temp: 21 }])
  })

  test('let listeners of another node know of a batch', async () => {
    const { id, token } = await newOwner()
    const { key } = await a.sensor('batch', ['temp:scalar'], id)
    const response = await fetch(`${urls.b}/api/v1/sensors/batch/live`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const lines = Array.from({ length: 5000 }, (_, n) => `{"timestamp":${time + n},"data":{"temp":${n}}}`)
    const stored = await fetch(`${urls.a}/publish/batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body: lines.join('\n'),
    })
    expect(stored.status).toBe(201)
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += new TextDecoder().decode(chunk)
      if (text.includes('event: missed')) break
    }
    expect(text).toContain('event: missed\ndata: {"sensor":"batch"}\n\n')
  })

  test('let listeners know when messages between them may be lost, and go on', async () => {
    const { id, token } = await newOwner()
    const { key } = await a.sensor('cut', ['temp:scalar'], id)
    const listener = new AbortController()
    const response = await fetch(`${urls.b}/api/v1/sensors/cut/live`, {
      headers: { authorization: `Bearer ${token}` },
      signal: listener.signal,
    })
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
       AND pid <> pg_backend_pid() AND (query LIKE '%LISTEN%' OR query LIKE '%pg_notify%')`,
    )
    await client.end()
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += new TextDecoder().decode(chunk)
      if (text.includes('event: measurement')) break
      if (text.includes('event: missed')) expect(await publish(urls.a, 'cut', key)).toBe(201)
    }
    listener.abort()
    expect(text.indexOf('event: missed')).toBeLessThan(text.indexOf('event: measurement'))
  })

  test('refuse a revoked key and a deleted sensor, and know changed fields, within a second', async () => {
    const { id, token } = await newOwner()
    const [here, there] = [apiClient(a, token), apiClient(b, token)]
    const { key } = await a.sensor('changing', ['temp:scalar'], id)
    const second = await here<{ readonly id: number; readonly key: string }>(
      'POST',
      '/sensors/changing/keys',
      { label: 'second' },
    )
    const secondKey = second.json.key
    expect(await publish(urls.b, 'changing', secondKey)).toBe(201)

    await here('DELETE', `/sensors/changing/keys/${second.json.id}`)
    await sleep(A_SECOND)
    expect(await publish(urls.b, 'changing', secondKey)).toBe(403)

    expect(await publish(urls.b, 'changing', key)).toBe(201)
    await here('POST', '/sensors/changing/fields', { name: 'wind', type: 'scalar', unit: '' })
    await sleep(A_SECOND)
    expect(await publish(urls.b, 'changing', key, { wind: 3 })).toBe(201)

    expect((await there('GET', '/me')).status).toBe(200)
    await here('DELETE', '/sensors/changing')
    await sleep(A_SECOND)
    expect(await publish(urls.b, 'changing', key)).toBe(403)
  })

  test('know each other’s sessions, and their end', async () => {
    const email = `person-${++made}@example.org`
    await a.installation.services.accounts.create({ email, password: PASSWORD })
    const cookie = (await signIn(urls.a, email, PASSWORD)).headers.get('set-cookie')?.split(';')[0] ?? ''
    const me = () => fetch(`${urls.b}/api/v1/me`, { headers: { cookie } })
    expect(await (await me()).json()).toMatchObject({ email })
    await fetch(`${urls.a}/api/v1/session`, { method: 'DELETE', headers: { cookie, origin: urls.a } })
    expect((await me()).status).toBe(401)
  })

  test('cut off each other’s listeners within a second', async () => {
    const { id, token } = await newOwner()
    const { services } = a.installation
    const account = present(await a.installation.storage.accounts.find(id))
    const revoked = await services.apiTokens.create(id, '')
    const session = await services.sessions.begin(account)
    for (const name of ['kept', 'deleted']) await a.sensor(name, ['temp:scalar'], id)
    const listen = async (name: string, headers: Readonly<Record<string, string>>) => {
      const response = await fetch(`${urls.b}/api/v1/sensors/${name}/live`, { headers })
      expect(response.status).toBe(200)
      return response
    }
    const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
    const listeners = [
      await listen('kept', bearer(revoked.token)),
      await listen('kept', { cookie: `senio_session=${session.token}` }),
      await listen('deleted', bearer(token)),
    ]
    await services.apiTokens.revoke(id, revoked.id)
    await services.sessions.end(session.token)
    await services.sensors.delete(id, 'deleted')
    const begun = performance.now()
    await Promise.all(listeners.map((response) => response.text()))
    expect(performance.now() - begun).toBeLessThan(A_SECOND)
  })

  test('count wrong passwords together, also after a restart', async () => {
    const email = `guessed-${++made}@example.org`
    const statuses: number[] = []
    for (let n = 0; n < 10; n++) {
      statuses.push((await signIn(n % 2 === 0 ? urls.a : urls.b, email, 'wrong wrong wrong')).status)
    }
    expect(statuses).toEqual(Array<number>(10).fill(401))
    const [atA, atB] = await Promise.all([signIn(urls.a, email, PASSWORD), signIn(urls.b, email, PASSWORD)])
    expect([atA.status, atB.status]).toEqual([429, 429])
    const restarted = await start()
    try {
      expect((await signIn(await restarted.listen(), email, PASSWORD)).status).toBe(429)
    } finally {
      await restarted.stop()
    }
  })

  test('hold the rate of a key together', async () => {
    const { id } = await newOwner()
    const { key } = await a.sensor('busy', ['temp:scalar'], id)
    const burst = 10 * RATE
    const statuses: number[] = []
    const device = async (url: string): Promise<void> => {
      for (let n = 0; n < burst; n++) statuses.push(await publish(url, 'busy', key))
    }
    // The servers' clock stands: only the burst is let through.
    await Promise.all([device(urls.a), device(urls.b), device(urls.a), device(urls.b)])
    const accepted = statuses.filter((status) => status === 201).length
    expect(statuses.every((status) => [201, 429].includes(status))).toBe(true)
    expect(accepted).toBeGreaterThanOrEqual(burst)
    // A tenth of a second's worth may be untold at the other node, and more on its way; alone each would let through all.
    expect(accepted).toBeLessThanOrEqual(burst * 1.25)
  })
})

describe.skipIf(serverUrl === null)('two new nodes on one PostgreSQL', () => {
  test('take each other’s link for the first account, once', async () => {
    const database = await createTestDatabase(present(serverUrl))
    const installation = { databaseUrl: database.url, databaseConnections: 5 }
    const nodes = await Promise.all([TestServer.start({ installation }), TestServer.start({ installation })])
    const [here, there] = nodes.map((node) => node.installation.services.setup)
    const token = await present(here).token()
    const other = await present(there).token()
    const complete = (setup: typeof here, used: string | null, email: string) =>
      present(setup).complete({ token: present(used), email, password: PASSWORD })
    await expect(complete(there, 'x'.repeat(22), 'eve@example.org')).rejects.toMatchObject({
      code: 'setup-refused',
    })
    expect(await complete(there, token, 'ada@example.org')).toMatchObject({ role: 'admin' })
    for (const used of [token, other]) {
      await expect(complete(here, used, 'eve@example.org')).rejects.toMatchObject({ code: 'setup-refused' })
    }
    await Promise.all(nodes.map((node) => node.stop()))
    await database.drop()
  })
})
