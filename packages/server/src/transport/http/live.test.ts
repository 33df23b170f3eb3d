import { afterAll, beforeAll, expect, it } from 'vitest'
import { apiClient, type AskApi } from '../../testing/api-client.ts'
import { TestServer } from '../../testing/test-server.ts'

let server: TestServer
let ask: AskApi
let url: string
let token: string
let rpi: { readonly key: string }
let river: { readonly key: string }

beforeAll(async () => {
  server = await TestServer.start()
  const [mine, theirs] = [await server.account(), await server.account('eve@example.org')]
  token = mine.token
  ask = apiClient(server, token)
  rpi = await server.sensor('rpi', ['temp:scalar'], mine.id)
  river = await server.sensor('river', ['level:scalar'], mine.id)
  await server.sensor('theirs', ['level:scalar'], theirs.id)
  url = await server.listen()
})

afterAll(() => server.stop())

it('streams the measurements of several sensors, and says whose each is', async () => {
  const listener = new AbortController()
  const response = await fetch(`${url}/api/v1/live?sensors=rpi,river,rpi`, {
    headers: { authorization: `Bearer ${token}` },
    signal: listener.signal,
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const publish = (name: string, key: string, data: object) =>
    fetch(`${url}/publish/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ timestamp: server.now, data }),
    })
  expect((await publish('river', river.key, { level: 7 })).status).toBe(201)
  expect((await publish('rpi', rpi.key, { temp: 20 })).status).toBe(201)
  const events: unknown[] = []
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += new TextDecoder().decode(chunk)
    const lines = text.split('\n').filter((line) => line.startsWith('data: '))
    if (lines.length < 2) continue
    events.push(...lines.map((line): unknown => JSON.parse(line.slice('data: '.length))))
    break
  }
  listener.abort()
  expect(events).toEqual([
    { sensor: 'river', timestamp: server.now, data: { level: 7 }, tags: null },
    { sensor: 'rpi', timestamp: server.now, data: { temp: 20 }, tags: null },
  ])
})

it.each(['rpi,theirs', 'rpi,nobody'])('doesn’t tell sensors of others from none: %s', async (names) => {
  expect(await ask('GET', `/live?sensors=${names}`)).toMatchObject({
    status: 404,
    json: { code: 'not-found', detail: 'There is no such sensor.' },
  })
})

it.each(['', '?sensors=', `?sensors=${'a,'.repeat(101)}`])(
  'refuses to listen to none or too many: %s',
  async (query) => {
    expect(await ask('GET', `/live${query}`)).toMatchObject({ status: 422 })
  },
)
