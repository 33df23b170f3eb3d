import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TestServer } from '../../testing/test-server.ts'
import { anna, ben } from './testing/people-app.ts'

let server: TestServer
let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'senio-people-'))
  server = await TestServer.start({ dataDir })
})

afterEach(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

async function ask(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
) {
  const response = await server.app.inject({
    method,
    url,
    headers: { ...headers },
    ...(body === undefined ? {} : { payload: body }),
  })
  return {
    status: response.statusCode,
    json: response.body === '' ? null : response.json<object>(),
    response,
  }
}

async function signIn(credentials: object) {
  const { status, response } = await ask('POST', '/api/v1/session', {}, credentials)
  const cookie = response.cookies.find(({ name }) => name === 'senio_session')?.value ?? ''
  return { status, page: { cookie: `senio_session=${cookie}`, 'sec-fetch-site': 'same-origin' }, cookie }
}

describe('accounts and sensors on a real data directory', () => {
  it('lead from the set-up link to a published measurement, and outlive a restart', async () => {
    const token = await server.installation.services.setup.token()
    const setUp = await ask('POST', '/api/v1/setup', {}, { ...anna, token })
    expect(setUp).toMatchObject({ status: 201, json: { email: anna.email, role: 'admin' } })
    const { page, cookie } = await signIn(anna)
    const fields = { temp: { type: 'scalar', unit: 'celsius' } }
    const created = await ask('POST', '/api/v1/sensors', page, { name: 'Gewächshaus', fields })
    const { key } = created.json as { key: string }
    const device = { authorization: `Bearer ${key}` }
    const publish = '/publish/Gew%C3%A4chshaus'
    const measurement = { timestamp: server.now, data: { temp: 21.5 } }
    expect(await ask('POST', publish, device, measurement)).toMatchObject({ status: 201 })

    await server.stop()
    server = await TestServer.start({ dataDir })
    expect((await ask('GET', '/api/v1/sensors', page)).json).toMatchObject({
      sensors: [{ name: 'Gewächshaus', latest: { temp: { timestamp: server.now, value: 21.5 } } }],
    })
    expect(await ask('GET', '/api/v1/setup', {})).toMatchObject({ json: { needed: false } })
    const keys = await ask('GET', '/api/v1/sensors/Gew%C3%A4chshaus/keys', page)
    expect(keys.json).toMatchObject({ keys: [{ lastUsed: Math.floor(server.now / 60_000) * 60_000 }] })

    await server.stop()
    const stored = await everyByte(dataDir)
    for (const secret of [key, cookie, anna.password, token ?? ''])
      expect(stored.includes(secret)).toBe(false)
    server = await TestServer.start({ dataDir })
  })

  it('refuse a revoked device key at once', async () => {
    const { id, token } = await server.account()
    const { key } = await server.sensor('rpi', ['temp:scalar'], id)
    const device = { authorization: `Bearer ${key}` }
    const script = { authorization: `Bearer ${token}` }
    expect(await ask('GET', '/publish/rpi', device)).toMatchObject({ status: 200 })
    const { json } = await ask('GET', '/api/v1/sensors/rpi/keys', script)
    const { keys } = json as { keys: { id: number }[] }
    await ask('DELETE', `/api/v1/sensors/rpi/keys/${keys[0]?.id}`, script)
    expect(await ask('GET', '/publish/rpi', device)).toMatchObject({
      status: 403,
      json: { code: 'key-refused' },
    })
  })

  it('show a change of fields to devices at once', async () => {
    const { id, token } = await server.account()
    const { key } = await server.sensor('rpi', ['temp:scalar'], id)
    const device = { authorization: `Bearer ${key}` }
    const script = { authorization: `Bearer ${token}` }
    await ask('GET', '/publish/rpi', device)
    await ask('POST', '/api/v1/sensors/rpi/fields', script, { name: 'door', type: 'boolean' })
    await ask('PATCH', '/api/v1/sensors/rpi', script, { name: 'shed', order: ['door', 'temp'] })
    expect(await ask('GET', '/publish/rpi', device)).toMatchObject({ status: 403 })
    const check = await ask('GET', '/publish/shed', device)
    expect(Object.keys((check.json as { fields: object }).fields)).toEqual(['door', 'temp'])
  })

  it('go with a deleted account: its sessions, tokens, sensors and keys', async () => {
    await server.installation.services.accounts.create(anna)
    const { id, token } = await server.account(ben.email)
    const { key } = await server.sensor('rpi', ['temp:scalar'], id)
    const device = { authorization: `Bearer ${key}` }
    const measurement = { timestamp: server.now, data: { temp: 1 } }
    expect(await ask('POST', '/publish/rpi', device, measurement)).toMatchObject({ status: 201 })
    const { page } = await signIn(anna)
    expect(await ask('DELETE', `/api/v1/accounts/${id}`, page)).toMatchObject({ status: 204 })
    expect(await ask('GET', '/api/v1/me', { authorization: `Bearer ${token}` })).toMatchObject({
      status: 401,
    })
    expect(await ask('POST', '/publish/rpi', device, measurement)).toMatchObject({ status: 403 })
    expect(await server.account(ben.email)).not.toMatchObject({ id })
    expect(server.reported).toEqual([])
  })

  it('page through sensors in one order, whatever their names', async () => {
    const { id, token } = await server.account()
    const names = ['Zelt', 'acker', 'Äpfel', 'bär', '𝒳', 'Beet 10', 'Beet 2']
    for (const name of names) await server.sensor(name, [], id)
    const script = { authorization: `Bearer ${token}` }
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const { json } = await ask('GET', `/api/v1/sensors?limit=2${cursor && `&cursor=${cursor}`}`, script)
      const page = json as { sensors: { name: string }[]; next: string | null }
      seen.push(...page.sensors.map(({ name }) => name))
      cursor = page.next
    }
    expect(seen).toEqual(['Beet 10', 'Beet 2', 'Zelt', 'acker', 'bär', 'Äpfel', '𝒳'])
    const found = await ask('GET', `/api/v1/sensors?search=${encodeURIComponent('ÄP')}`, script)
    expect(found.json).toMatchObject({ sensors: [{ name: 'Äpfel' }] })
  })

  it('let one of two equal sensors or fields at once win', async () => {
    const { id, token } = await server.account()
    await server.sensor('rpi', [], id)
    const script = { authorization: `Bearer ${token}` }
    const twice = async (url: string, body: object) => {
      const answers = await Promise.all([ask('POST', url, script, body), ask('POST', url, script, body)])
      return answers.map(({ status }) => status).sort((a, b) => a - b)
    }
    expect(await twice('/api/v1/sensors', { name: 'shed' })).toEqual([201, 409])
    expect(await twice('/api/v1/sensors/rpi/fields', { name: 'temp', type: 'scalar' })).toEqual([201, 409])
  })
})

async function everyByte(directory: string): Promise<Buffer> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Buffer.concat(
    await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name)))),
  )
}
