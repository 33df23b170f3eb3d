import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { multipartBody, multipartType, type TestPart } from '../../testing/multipart-body.ts'
import { sha1 } from '../../testing/publish-site.ts'
import { jpeg, png, webp } from '../../testing/test-images.ts'
import { TestServer } from '../../testing/test-server.ts'

/** How good requests are answered. What is refused, and why, is in `hostile/subjects`. */

let server: TestServer
let key: string
let earth: Buffer
let t = 1_600_000_000_000

beforeAll(async () => {
  server = await TestServer.start()
  const account = await server.account()
  ;({ key } = await server.sensor(
    'rpi',
    [
      'temp:scalar:celsius',
      'humidity:scalar:relative %',
      'door:boolean',
      'place:location',
      'cam1:image',
      'cam2:image',
    ],
    account.id,
  ))
  earth = await jpeg(320, 200)
})

afterAll(() => server.stop())

interface Sent {
  readonly status: number
  readonly json: Record<string, unknown>
  readonly body: string
}

async function post(body: string | Buffer, headers: Record<string, string> = {}, query = ''): Promise<Sent> {
  const response = await server.app.inject({
    method: 'POST',
    url: `/publish/rpi${query}`,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    payload: body,
  })
  return { status: response.statusCode, json: response.json(), body: response.body }
}

function form(parts: readonly TestPart[]): Promise<Sent> {
  return post(multipartBody(parts), { 'content-type': multipartType })
}

function measurement(data: unknown): string {
  return JSON.stringify({ timestamp: ++t, data })
}

function jsonPart(json: unknown = { timestamp: ++t }): TestPart {
  return { name: 'json', body: JSON.stringify(json) }
}

/** Everything that is stored, oldest first. */
async function everything() {
  const { services } = server.installation
  const owner = (await services.accounts.findByEmail('ada@example.org'))?.id
  if (owner === undefined) throw new Error('no account')
  const sensor = await services.sensors.get(owner, 'rpi')
  return (await services.queries.measurements(sensor, { limit: 1000 })).measurements
}

describe('the set-up check', () => {
  it('answers name and fields in the order of their creation', async () => {
    const response = await server.app.inject({
      url: '/publish/rpi',
      headers: { authorization: `Bearer ${key}` },
    })
    expect(response.statusCode).toBe(200)
    expect(response.body).toBe(
      '{"name":"rpi","fields":{"temp":{"unit":"celsius","type":"scalar"},"humidity":{"unit":"relative %","type":"scalar"},' +
        '"door":{"unit":"","type":"boolean"},"place":{"unit":"","type":"location"},"cam1":{"unit":"","type":"image"},"cam2":{"unit":"","type":"image"}}}',
    )
  })
})

describe('the key', () => {
  it('is refused within a second after another process revoked it', async () => {
    const other = await TestServer.start({ dataDir: server.dataDir })
    try {
      const { services } = other.installation
      const owner = (await services.accounts.findByEmail('ada@example.org'))?.id
      if (owner === undefined) throw new Error('no account')
      const third = await services.deviceKeys.create(owner, 'rpi', 'third')
      const publish = () => post(measurement({ temp: 1 }), { authorization: `Bearer ${third.key}` })
      expect((await publish()).status).toBe(201)
      await services.deviceKeys.revoke(owner, 'rpi', third.id)
      await expect.poll(async () => (await publish()).status, { timeout: 1000 }).toBe(403)
    } finally {
      await other.stop()
    }
  })
})

describe('one measurement as JSON', () => {
  it('is answered as stored, fractions kept', async () => {
    const sent = await post(
      '{"timestamp":1474383378795.25,"data":{"humidity":50.5,"temp":22.0,"door":true},"tags":["a"]}',
    )
    expect(sent.status).toBe(201)
    expect(sent.body).toBe(
      '{"timestamp":1474383378795.25,"data":{"humidity":50.5,"temp":22,"door":true},"tags":["a"]}',
    )
  })

  it('may be published again, and joined by other fields', async () => {
    const timestamp = ++t
    const first = JSON.stringify({ timestamp, data: { temp: 1 }, tags: null })
    expect((await post(first)).body).toBe((await post(first)).body)
    await post(JSON.stringify({ timestamp, data: { humidity: 2 } }))
    await post(JSON.stringify({ timestamp, data: { temp: 3 } }))
    expect((await everything()).filter((stored) => stored.timestamp === timestamp)).toEqual([
      { timestamp, data: { temp: 3, humidity: 2 }, tags: null },
    ])
  })

  it('may be stamped by the server, each later than the one before', async () => {
    const stamped = await post('{"data":{"temp":1}}', {}, '?clock=server')
    expect(stamped).toMatchObject({ status: 201, json: { timestamp: server.now } })
    const again = await post('{"data":{"temp":2}}', {}, '?clock=server')
    expect(again.json.timestamp).toBeGreaterThan(server.now)
  })
})

describe('a timestamp beside ?clock=server', () => {
  it.each([1, 1474383378795, 4e12, null, 'now'])(
    'does not count, and need not be valid: %j',
    async (sent) => {
      const body = JSON.stringify({ timestamp: sent, data: { temp: 1 } })
      const { status, json } = await post(body, {}, '?clock=server')
      expect(status).toBe(201)
      expect(json.timestamp).toBeCloseTo(server.now, -3)
    },
  )

  it('does not count in the address of a raw picture, either', async () => {
    const query = '?field=cam2&clock=server&timestamp=unknown'
    const { status, json } = await post(earth, { 'content-type': 'image/jpeg' }, query)
    expect(status).toBe(201)
    expect(json.timestamp).toBeCloseTo(server.now, -3)
  })
})

describe('many measurements', () => {
  it('are accepted as an array, as lines, and compressed', async () => {
    const list = () => Array.from({ length: 3 }, (_, i) => ({ timestamp: ++t, data: { temp: i } }))
    const lines = () =>
      list()
        .map((one) => JSON.stringify(one))
        .join('\n')
    expect((await post(JSON.stringify(list()))).body).toBe('{"accepted":3}')
    const ndjson = { 'content-type': 'application/x-ndjson' }
    expect((await post(`${lines()}\n\n`, ndjson)).json).toEqual({ accepted: 3 })
    expect((await post(gzipSync(lines()), { ...ndjson, 'content-encoding': 'gzip' })).json).toEqual({
      accepted: 3,
    })
  })

  it('are counted without the blank lines between them, where one is refused', async () => {
    const before = await everything()
    const lines = '{"timestamp":1600000000001,"data":{"temp":1}}\n\n{"timest'
    expect(await post(lines, { 'content-type': 'application/x-ndjson' })).toMatchObject({
      status: 400,
      json: { code: 'malformed-json', index: 1 },
    })
    expect(await everything()).toEqual(before)
  })
})

describe('multipart', () => {
  it('is answered like the original manual says, with the SHA-1 of the picture', async () => {
    const timestamp = 1474638041614.14
    const sent = await form([jsonPart({ timestamp }), { name: 'cam1', file: 'earth.jpg', body: earth }])
    expect(sent.status).toBe(201)
    expect(sent.body).toBe(`{"timestamp":1474638041614.14,"data":{"cam1":"${sha1(earth)}"},"tags":null}`)
  })

  it('takes parts in any order, several pictures, and numbers beside them', async () => {
    const [one, two] = [await png(10, 10, 7), await webp(10, 10, 8)]
    const sent = await form([
      { name: 'cam2', file: 'a', body: two, mediaType: 'image/jpeg' },
      jsonPart({ timestamp: ++t, data: { temp: 4 }, tags: { a: 1 } }),
      { name: 'cam1', file: '../../etc/passwd', body: one, mediaType: 'application/pdf' },
    ])
    expect(sent.json).toEqual({
      timestamp: t,
      data: { temp: 4, cam2: sha1(two), cam1: sha1(one) },
      tags: { a: 1 },
    })
  })
})

describe('a raw picture', () => {
  it('is stored under the field and timestamp of the query', async () => {
    const sent = await post(earth, { 'content-type': 'image/png' }, '?field=cam2&timestamp=1474638041614.5')
    expect(sent.body).toBe(`{"timestamp":1474638041614.5,"data":{"cam2":"${sha1(earth)}"},"tags":null}`)
    const stamped = await post(earth, { 'content-type': 'image/jpeg' }, '?field=cam2&clock=server')
    expect(stamped.status).toBe(201)
  })
})
