import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { multipartBody, multipartType, type TestPart } from '../../testing/multipart-body.ts'
import { claimingPng, jpeg, png, webp } from '../../testing/test-images.ts'
import { TestServer } from '../../testing/test-server.ts'

const MIB = 1024 * 1024
let server: TestServer
let key: string
let otherKey: string
let earth: Buffer
let t = 1_600_000_000_000

beforeAll(async () => {
  server = await TestServer.start({ maxImageBytes: MIB })
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
  ;({ key: otherKey } = await server.sensor('Größe', ['x:scalar']))
  earth = await jpeg(320, 200)
})

afterAll(() => server.stop())

interface Sent {
  readonly status: number
  readonly code: string | undefined
  readonly field: string | undefined
  readonly index: number | undefined
  readonly json: Record<string, unknown>
  readonly body: string
}

async function post(
  body: string | Buffer,
  headers: Record<string, string> = {},
  path = '/publish/rpi',
): Promise<Sent> {
  const response = await server.app.inject({
    method: 'POST',
    url: path,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    payload: body,
  })
  const json = response.json<Record<string, unknown>>()
  const { code, field, index } = json as { code?: string; field?: string; index?: number }
  if (response.statusCode >= 400) {
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(json).toMatchObject({
      status: response.statusCode,
      title: expect.any(String),
      detail: expect.any(String),
    })
  }
  return { status: response.statusCode, code, field, index, json, body: response.body }
}

function form(parts: readonly TestPart[], query = ''): Promise<Sent> {
  return post(multipartBody(parts), { 'content-type': multipartType }, `/publish/rpi${query}`)
}

function measurement(data: unknown, more: object = {}): string {
  return JSON.stringify({ timestamp: ++t, data, ...more })
}

function jsonPart(json: unknown = { timestamp: ++t }): TestPart {
  return { name: 'json', body: JSON.stringify(json) }
}

function sha1(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('hex')
}

/** Everything that is stored: to see that a refusal leaves it alone. */
async function everything(): Promise<unknown> {
  const { services, storage } = server.installation
  const owner = (await services.accounts.findByEmail('ada@example.org'))?.id
  if (owner === undefined) throw new Error('no account')
  const sensor = await services.sensors.get(owner, 'rpi')
  const { measurements } = await services.queries.measurements(sensor, { limit: 1000 })
  const images = await storage.images.list(null, 1000)
  return { measurements, images: images.map((image) => image.sha1), files: await server.files() }
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
  it.each<[string, Record<string, string>, string]>([
    ['no header', {}, '/publish/rpi'],
    ['the Basic scheme', { authorization: 'Basic cnBpOng=' }, '/publish/rpi'],
    ['an empty bearer', { authorization: 'Bearer ' }, '/publish/rpi'],
    ['a malformed key', { authorization: 'Bearer nonsense' }, '/publish/rpi'],
    ['a key of 10 KB', { authorization: `Bearer ${'a'.repeat(10_000)}` }, '/publish/rpi'],
    ['a wrong key', { authorization: 'Bearer aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' }, '/publish/rpi'],
    [
      'a sensor that does not exist',
      { authorization: 'Bearer aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' },
      '/publish/nobody',
    ],
    ['a key in the query string', {}, '/publish/rpi?key=aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa'],
    ['a cookie', { cookie: 'senio_session=abc' }, '/publish/rpi'],
  ])('gets one and the same 403 for %s', async (_, headers, path) => {
    for (const method of ['GET', 'POST'] as const) {
      const response = await server.app.inject({ method, url: path, headers })
      expect(response.statusCode).toBe(403)
      expect(response.json()).toMatchObject({ code: 'key-refused', status: 403 })
      const reference = await server.app.inject({ url: '/publish/rpi' })
      expect(response.body).toBe(reference.body)
    }
  })

  it("does not open another account's sensor", async () => {
    expect(await post(measurement({ temp: 1 }), { authorization: `Bearer ${otherKey}` })).toMatchObject({
      status: 403,
    })
    expect(await post(measurement({ x: 1 }), {}, '/publish/Gr%C3%B6%C3%9Fe')).toMatchObject({ status: 403 })
  })

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

  it('is refused once it was revoked', async () => {
    const { services } = server.installation
    const owner = (await services.accounts.findByEmail('ada@example.org'))?.id
    if (owner === undefined) throw new Error('no account')
    const second = await services.deviceKeys.create(owner, 'rpi', 'second')
    const headers = { authorization: `Bearer ${second.key}` }
    expect((await post(measurement({ temp: 1 }), headers)).status).toBe(201)
    await services.deviceKeys.revoke(owner, 'rpi', second.id)
    expect((await post(measurement({ temp: 1 }), headers)).status).toBe(403)
  })
})

describe('the sensor name in the URL', () => {
  it('may be composed or decomposed', async () => {
    const path = `/publish/${encodeURIComponent('Größe'.normalize('NFD'))}`
    expect((await post(measurement({ x: 1 }), { authorization: `Bearer ${otherKey}` }, path)).status).toBe(
      201,
    )
  })

  it.each(['/publish/%2e%2e%2f', '/publish/%E0%A4%A', '/publish/%00', '/publish/a%2Fb', '/publish/a%5Cb'])(
    'is refused as malformed: %s',
    async (path) => {
      expect(await post(measurement({ temp: 1 }), {}, path)).toMatchObject({
        status: 400,
        code: 'malformed-url',
      })
    },
  )

  it.each(['PUT', 'PATCH', 'DELETE', 'TRACE'] as const)('knows no method %s', async (method) => {
    const response = await server.app.inject({ method, url: '/publish/rpi' })
    expect(response.statusCode).toBe(405)
    expect(response.headers.allow).toBe('GET, HEAD, POST')
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
    const { measurements } = (await everything()) as { measurements: { timestamp: number }[] }
    expect(measurements.filter((stored) => stored.timestamp === timestamp)).toEqual([
      { timestamp, data: { temp: 3, humidity: 2 }, tags: null },
    ])
  })

  it('may come with a byte order mark, compressed, and stamped by the server', async () => {
    expect((await post(`\uFEFF${measurement({ temp: 1 })}`)).status).toBe(201)
    expect((await post(gzipSync(measurement({ temp: 1 })), { 'content-encoding': 'gzip' })).status).toBe(201)
    const stamped = await post('{"data":{"temp":1}}', {}, '/publish/rpi?clock=server')
    expect(stamped).toMatchObject({ status: 201, json: { timestamp: server.now } })
    const again = await post('{"data":{"temp":2}}', {}, '/publish/rpi?clock=server')
    expect(again.json.timestamp).toBeGreaterThan(server.now)
  })

  it.each<[string, string | Buffer, Record<string, string>, number, string]>([
    ['no content type', '{}', { 'content-type': '' }, 415, 'unsupported-content-type'],
    ['an unknown content type', 'x', { 'content-type': 'text/plain' }, 415, 'unsupported-content-type'],
    ['SVG', '<svg/>', { 'content-type': 'image/svg+xml' }, 415, 'unsupported-content-type'],
    ['an unknown encoding', '{}', { 'content-encoding': 'br' }, 415, 'unsupported-encoding'],
    ['an empty body', '', {}, 400, 'malformed-json'],
    ['a cut body', '{"timestamp":1', {}, 400, 'malformed-json'],
    ['NaN', '{"timestamp":NaN}', {}, 400, 'malformed-json'],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), {}, 400, 'invalid-utf8'],
    ['deep nesting', '['.repeat(100_000), {}, 400, 'json-too-deep'],
    ['broken gzip', Buffer.from('nope'), { 'content-encoding': 'gzip' }, 400, 'malformed-gzip'],
    ['2 MB', `{"data":"${'x'.repeat(2 * MIB)}"}`, {}, 413, 'body-too-large'],
    [
      'a gzip bomb',
      gzipSync(Buffer.alloc(50 * MIB, 0x20)),
      { 'content-encoding': 'gzip' },
      413,
      'body-too-large',
    ],
    ['a batch over 8 MiB', `[${' '.repeat(8 * MIB)}]`, {}, 413, 'body-too-large'],
    ['duplicate keys', '{"timestamp":1,"timestamp":2}', {}, 422, 'duplicate-key'],
    ['null', 'null', {}, 422, 'measurement-invalid'],
    ['a number out of range', '{"timestamp":1600000000000,"data":{"temp":1e999}}', {}, 422, 'value-invalid'],
    ['an unknown field', '{"timestamp":1600000000000,"data":{"nope":1}}', {}, 422, 'unknown-field'],
    ['an unknown clock', '{}', { 'x-query': '?clock=mine' }, 422, 'parameter-invalid'],
  ])(
    'refuses %s and stores nothing',
    async (_, body, { 'x-query': query = '', ...headers }, status, code) => {
      const before = await everything()
      expect(await post(body, headers, `/publish/rpi${query}`)).toMatchObject({ status, code })
      expect(await everything()).toEqual(before)
      expect((await post(measurement({ temp: 1 }))).status).toBe(201)
    },
  )
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

  it.each<[string, string, string, number, string, number | undefined]>([
    [
      'one bad among good',
      `[{"timestamp":1600000000001,"data":{"temp":1}},{"timestamp":1600000000002}]`,
      'application/json',
      422,
      'data-empty',
      1,
    ],
    [
      'a broken line',
      '{"timestamp":1600000000001,"data":{"temp":1}}\n\n{"timest',
      'application/x-ndjson',
      400,
      'malformed-json',
      1,
    ],
    ['no measurement', '[]', 'application/json', 422, 'data-empty', undefined],
    [
      'too many',
      `[${Array(10_001).fill('{}').join(',')}]`,
      'application/json',
      413,
      'too-many-measurements',
      undefined,
    ],
  ])('are refused as a whole: %s', async (_, body, type, status, code, index) => {
    const before = await everything()
    expect(await post(body, { 'content-type': type })).toMatchObject({ status, code, index })
    expect(await everything()).toEqual(before)
  })

  it('need a timestamp each', async () => {
    expect(await post('[{"data":{"temp":1}}]', {}, '/publish/rpi?clock=server')).toMatchObject({
      status: 422,
    })
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

  it('may be stamped by the server and then needs no json part', async () => {
    expect((await form([{ name: 'cam1', file: 'x', body: earth }], '?clock=server')).status).toBe(201)
  })

  it('stores the same picture twice as two values and one blob', async () => {
    const picture = await jpeg(30, 30, 99)
    const before = await server.files()
    for (let i = 0; i < 2; i++) {
      expect((await form([jsonPart(), { name: 'cam1', file: 'x', body: picture }])).status).toBe(201)
    }
    expect(await server.files()).toEqual({ originals: before.originals + 1, drafts: 0 })
  })

  it('keeps a JPEG that was cut short, marked as damaged', async () => {
    const cut = earth.subarray(0, earth.length / 2)
    const sent = await form([jsonPart(), { name: 'cam1', file: 'x', body: cut }])
    expect(sent.status).toBe(201)
    const stored = await server.installation.storage.images.find([sha1(cut)])
    expect(stored.get(sha1(cut))).toMatchObject({ damaged: true, width: 320, height: 200, bytes: cut.length })
  })

  it('refuses bad forms and leaves nothing behind', async () => {
    const small = await jpeg(8, 8, 5)
    const cam1 = { name: 'cam1', file: 'x', body: small }
    const cases: [string, readonly TestPart[], number, string][] = [
      [
        'a valid picture with an invalid measurement',
        [cam1, jsonPart({ timestamp: 'x' })],
        422,
        'timestamp-invalid',
      ],
      ['a broken json part after the picture', [cam1, { name: 'json', body: '{' }], 400, 'malformed-json'],
      ['no json part', [cam1], 422, 'part-missing'],
      ['two json parts', [jsonPart(), cam1, jsonPart()], 422, 'duplicate-part'],
      ['two files for one field', [jsonPart(), cam1, cam1], 422, 'duplicate-part'],
      ['a file for a scalar', [jsonPart(), { ...cam1, name: 'temp' }], 422, 'value-invalid'],
      ['a file for an unknown field', [jsonPart(), cam1, { ...cam1, name: 'cam9' }], 422, 'unknown-field'],
      ['nothing to store', [jsonPart()], 422, 'data-empty'],
      ['0 bytes', [jsonPart(), { ...cam1, body: '' }], 422, 'image-empty'],
      ['SVG', [jsonPart(), { ...cam1, body: '<svg onload="alert(1)"/>' }], 415, 'unsupported-image'],
      ['a GIF named .jpg', [jsonPart(), { ...cam1, body: 'GIF89a\x01\0\x01\0' }], 415, 'unsupported-image'],
      ['a TIFF', [jsonPart(), { ...cam1, body: 'II*\0\x08\0\0\0' }], 415, 'unsupported-image'],
      [
        'a PNG of 50,000²',
        [jsonPart(), { ...cam1, body: claimingPng(50_000, 50_000) }],
        422,
        'image-dimensions',
      ],
      ['a PNG without pixels', [jsonPart(), { ...cam1, body: claimingPng(0, 10) }], 422, 'image-dimensions'],
      [
        'one byte over the limit',
        [jsonPart(), { ...cam1, body: Buffer.concat([small, Buffer.alloc(MIB + 1 - small.length)]) }],
        413,
        'image-too-large',
      ],
      [
        '5,000 parts',
        [jsonPart(), ...Array.from({ length: 5000 }, (_, i) => ({ name: `x${i}`, body: '' }))],
        413,
        'too-many-parts',
      ],
    ]
    const before = await everything()
    for (const [name, parts, status, code] of cases) {
      expect([name, await form(parts)]).toMatchObject([name, { status, code }])
    }
    expect(await everything()).toEqual(before)
    const largest = Buffer.concat([small, Buffer.alloc(MIB - small.length)])
    expect((await form([jsonPart(), { ...cam1, body: largest }])).status).toBe(201)
  })

  it('refuses a body that is cut anywhere', async () => {
    const body = multipartBody([jsonPart(), { name: 'cam1', file: 'x', body: await jpeg(8, 8, 5) }])
    const before = await everything()
    for (const length of [0, 10, 80, 150, body.length - 40, body.length - 5]) {
      const sent = await post(body.subarray(0, length), { 'content-type': multipartType })
      expect([length, sent]).toMatchObject([length, { status: 400, code: 'malformed-multipart' }])
    }
    expect(await everything()).toEqual(before)
  })
})

describe('a raw picture', () => {
  it('is stored under the field and timestamp of the query', async () => {
    const sent = await post(
      earth,
      { 'content-type': 'image/png' },
      '/publish/rpi?field=cam2&timestamp=1474638041614.5',
    )
    expect(sent.body).toBe(`{"timestamp":1474638041614.5,"data":{"cam2":"${sha1(earth)}"},"tags":null}`)
    const stamped = await post(
      earth,
      { 'content-type': 'image/jpeg' },
      '/publish/rpi?field=cam2&clock=server',
    )
    expect(stamped.status).toBe(201)
  })

  it.each([
    ['?timestamp=1474638041614', 422, 'parameter-invalid'],
    ['?field=cam2', 422, 'timestamp-missing'],
    ['?field=cam2&timestamp=soon', 422, 'timestamp-invalid'],
    ['?field=cam2&timestamp=1474638041', 422, 'timestamp-in-seconds'],
    ['?field=temp&timestamp=1474638041614', 422, 'value-invalid'],
    ['?field=cam9&timestamp=1474638041614', 422, 'unknown-field'],
  ])('is refused with %s', async (query, status, code) => {
    const before = await everything()
    expect(await post(earth, { 'content-type': 'image/jpeg' }, `/publish/rpi${query}`)).toMatchObject({
      status,
      code,
    })
    expect(await everything()).toEqual(before)
  })
})
