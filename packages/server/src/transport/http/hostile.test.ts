import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { ErrorCode } from '@senio/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { multipartBody, multipartType } from '../../testing/multipart-body.ts'
import { expectProblem, PublishSite, sha1 } from '../../testing/publish-site.ts'
import { RawConnection } from '../../testing/raw-connection.ts'
import { jpeg } from '../../testing/test-images.ts'

const T = 1_600_000_000_000
const GOOD = `{"timestamp":${T},"data":{"temp":1}}`
let site: PublishSite
let picture: Buffer

beforeAll(async () => {
  site = await PublishSite.open()
  picture = await jpeg(64, 48, 7)
})
afterAll(() => site.close())

const json = (body: string | Buffer): string =>
  `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`

describe('a request that breaks HTTP', () => {
  it.each<[string, () => string]>([
    [
      'two Authorization headers',
      () => `${site.head()}Authorization: Bearer ${site.key}\r\n${json(GOOD)}${GOOD}`,
    ],
    [
      'Content-Length with chunked',
      () =>
        `${site.head()}Transfer-Encoding: chunked\r\n${json(GOOD)}${GOOD.length.toString(16)}\r\n${GOOD}\r\n0\r\n\r\n`,
    ],
    ['two lengths', () => `${site.head()}Content-Length: 5\r\n${json(GOOD)}${GOOD}`],
    ['a list of lengths', () => `${site.head()}Content-Length: 5, 5\r\n\r\n12345`],
    ['a negative length', () => `${site.head()}Content-Length: -1\r\n\r\n`],
    [
      'a chunk size that is none',
      () =>
        `${site.head()}Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nxyz\r\n${GOOD}\r\n0\r\n\r\n`,
    ],
    [
      'an unknown transfer encoding',
      () =>
        `${site.head()}Transfer-Encoding: gzip, chunked\r\nContent-Type: application/json\r\n\r\n` +
        `5\r\nhello\r\n0\r\n\r\n`,
    ],
    ['two Hosts', () => `${site.head()}Host: other\r\n${json(GOOD)}${GOOD}`],
    ['no Host', () => `POST /publish/rpi HTTP/1.1\r\n${json(GOOD)}${GOOD}`],
    [
      'a NUL in a header',
      () => `${site.head().replace('Host: senio', 'Host: senio\r\nX-Bad: a\0b')}${json(GOOD)}${GOOD}`,
    ],
    ['a bare line feed in a header', () => `${site.head()}X-Bad: a\nX: b\r\n${json(GOOD)}${GOOD}`],
    ['a space before a colon', () => `${site.head()}Content-Length : 5\r\n\r\n12345`],
    ['no HTTP at all', () => `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n`],
  ])('is refused as malformed: %s', async (name, request) => {
    await site.expectHarmless(async () => {
      const answer = await site.raw(request())
      expect([name, answer.status]).toEqual([name, 400])
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    })
  })

  it('is refused with more than 16 KiB of headers, or an address that long', async () => {
    await site.expectHarmless(async () => {
      expectProblem(
        await site.raw(`${site.head()}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`),
        'headers-too-large',
      )
      expectProblem(
        await site.raw(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: senio\r\n\r\n`),
        'headers-too-large',
      )
    })
  })

  it.each([
    '/publish/../../../etc/passwd',
    '/publish/rpi/..%2f..%2fetc%2fpasswd',
    '/publish/rpi/extra',
    '/publish/',
    '//publish/rpi',
    '/api/v1/sensors/../../../../etc/passwd',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/assets/../../../package.json',
  ])('reaches no file: %s', async (path) => {
    const answer = await site.raw(`GET ${path} HTTP/1.1\r\nHost: senio\r\n\r\n`)
    expect([400, 401, 403, 404]).toContain(answer.status)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  })

  it('is refused with 400 or 404 for a path whose escapes are broken', async () => {
    for (const path of ['/%', '/publish/%zz', '/api/v1/sensors/%C3%28', '/publish/rpi?field=%E0%A4%A']) {
      const answer = await site.raw(
        `POST ${path} HTTP/1.1\r\nHost: senio\r\nAuthorization: Bearer ${site.key}\r\nContent-Length: 0\r\n\r\n`,
      )
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true])
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    }
  })
})

describe('a connection', () => {
  it('may carry several requests, sent at once', async () => {
    const connection = await RawConnection.open(site.url)
    const bodies = [1, 2, 3].map((n) => `{"timestamp":${T + n},"data":{"temp":${n}}}`)
    connection.write(bodies.map((body) => `${site.head()}${json(body)}${body}`).join(''))
    for (const n of [1, 2, 3]) {
      expect(await connection.answer()).toMatchObject({ status: 201, json: { data: { temp: n } } })
    }
    connection.close()
  })

  it('stays usable after a refusal', async () => {
    const connection = await RawConnection.open(site.url)
    const bad = '{"timestamp":1}'
    connection.write(`${site.head()}${json(bad)}${bad}`)
    expectProblem(await connection.answer(), 'timestamp-in-seconds')
    connection.write(`${site.head()}${json(GOOD)}${GOOD}`)
    expect((await connection.answer()).status).toBe(201)
    connection.close()
  })

  it('may wait for "100 Continue" before it sends the body', async () => {
    const connection = await RawConnection.open(site.url)
    connection.write(`${site.head()}Expect: 100-continue\r\n${json(GOOD)}`)
    expect((await connection.answer()).status).toBe(100)
    connection.write(GOOD)
    expect((await connection.answer()).status).toBe(201)
    connection.close()
  })

  it('may be one of 2,000 idle ones', { timeout: 60_000 }, async () => {
    const idle: RawConnection[] = []
    for (let i = 0; i < 20; i++) {
      idle.push(...(await Promise.all(Array.from({ length: 100 }, () => RawConnection.open(site.url)))))
    }
    expect(await site.takesGood()).toBe(true)
    for (const connection of idle) connection.close()
  })
})

describe('a client that is gone', () => {
  const forms = {
    JSON: () => [json(GOOD), GOOD] as const,
    'a raw picture': () =>
      [`Content-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`, picture] as const,
    multipart: () => {
      const body = multipartBody([
        { name: 'json', body: JSON.stringify({ timestamp: T + 10 }) },
        { name: 'cam1', file: 'x', body: picture },
      ])
      return [`Content-Type: ${multipartType}\r\nContent-Length: ${body.length}\r\n\r\n`, body] as const
    },
    'a chunked picture': () =>
      [
        'Content-Type: image/jpeg\r\nTransfer-Encoding: chunked\r\n\r\n',
        Buffer.concat([Buffer.from(`${picture.length.toString(16)}\r\n`), picture]),
      ] as const,
  }

  it.each(Object.entries(forms))('in the middle of %s leaves nothing behind', async (_, form) => {
    await site.expectHarmless(async () => {
      const [headers, body] = form()
      for (const part of [0, 0.3, 0.9]) {
        const connection = await RawConnection.open(site.url)
        connection.write(`${site.head('?field=cam1&timestamp=1600000000010')}${headers}`)
        connection.write(Buffer.from(body).subarray(0, Math.floor(body.length * part)))
        await delay(20)
        connection.close()
      }
    })
  })

  it('before the answer had its measurement kept or not, and a retry keeps it once', async () => {
    const [headers, body] = forms.multipart()
    for (const wait of [0, 1, 3, 10]) {
      const connection = await RawConnection.open(site.url)
      connection.write(Buffer.concat([Buffer.from(`${site.head()}${headers}`), body]))
      await delay(wait)
      connection.close()
    }
    const retried = await site.raw(Buffer.concat([Buffer.from(`${site.head()}${headers}`), body]))
    expect(retried).toMatchObject({ status: 201, json: { data: { cam1: sha1(picture) } } })
    const images = await site.get(`images?field=cam1&from=${T + 10}&to=${T + 11}`)
    expect(images.json).toMatchObject({ images: [{ image: sha1(picture) }] })
    expect((await site.server.files()).drafts).toBe(0)
  })
})

describe('a client that is slow', () => {
  const timeout = 800
  let slow: PublishSite
  beforeAll(async () => {
    slow = await PublishSite.open({ bodyTimeout: timeout })
  })
  afterAll(() => slow.close())

  /** Sends a byte now and then, until the connection is closed. */
  async function drip(connection: RawConnection, text: string): Promise<void> {
    for (const byte of text) {
      if (connection.socket.destroyed) return
      connection.write(byte)
      await delay(40)
    }
  }

  it.each<[string, () => string]>([
    ['with its headers', () => 'POST /publish/rpi HTTP/1.1\r\nHost: senio\r\nX-Slow: '],
    ['with JSON', () => `${slow.head()}Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n`],
    [
      'with a picture',
      () =>
        `${slow.head('?field=cam1&timestamp=1600000000000')}Content-Type: image/jpeg\r\nContent-Length: 5000\r\n\r\n` +
        picture.toString('latin1', 0, 20),
    ],
    [
      'with a form',
      () =>
        `${slow.head()}Content-Type: ${multipartType}\r\nContent-Length: 5000\r\n\r\n` +
        '--senio-test-boundary\r\nContent-Disposition: form-data; name="cam1"; filename="x"\r\n\r\n',
    ],
  ])('%s is given up, while others go on', async (_, start) => {
    await slow.expectHarmless(async () => {
      const dripping = await RawConnection.open(slow.url)
      const stalled = await RawConnection.open(slow.url)
      dripping.write(Buffer.from(start(), 'latin1'))
      stalled.write(Buffer.from(start(), 'latin1'))
      void drip(dripping, 'x'.repeat(200))
      try {
        const answers = Promise.all([dripping.answer(), stalled.answer()])
        expect(await slow.takesGood()).toBe(true)
        for (const answer of await answers) expectProblem(answer, 'body-too-slow')
        // It is hung up on, even if it goes on dripping.
        await Promise.all([dripping.closed(), stalled.closed()])
      } finally {
        dripping.close()
        stalled.close()
      }
    })
  })
})

describe('JSON', () => {
  it.each<[string, string, ErrorCode]>([
    ['a trailing comma', '{"timestamp":1600000000000,"data":{"temp":1},}', 'malformed-json'],
    ['a second text', `${GOOD}${GOOD}`, 'malformed-json'],
    ['a number', '1', 'measurement-invalid'],
    ['a string', '"x"', 'measurement-invalid'],
    ['a number as text', '{"timestamp":1600000000000,"data":{"temp":"22"}}', 'value-invalid'],
    ['true for a scalar', '{"timestamp":1600000000000,"data":{"temp":true}}', 'value-invalid'],
    ['null for a scalar', '{"timestamp":1600000000000,"data":{"temp":null}}', 'value-invalid'],
    ['an object for a scalar', '{"timestamp":1600000000000,"data":{"temp":{}}}', 'value-invalid'],
    ['a picture', '{"timestamp":1600000000000,"data":{"cam1":"ffd8ff"}}', 'value-invalid'],
    ['data without values', '{"timestamp":1600000000000,"data":{}}', 'data-empty'],
    ['data that is a list', '{"timestamp":1600000000000,"data":[1]}', 'measurement-invalid'],
    ['__proto__', '{"timestamp":1600000000000,"data":{"temp":1,"__proto__":{"temp":2}}}', 'unknown-field'],
    ['constructor', '{"timestamp":1600000000000,"data":{"temp":1},"constructor":1}', 'duplicate-key'],
    ['an escaped __proto__', '{"timestamp":1600000000000,"data":{"\\u005f_proto__":1}}', 'unknown-field'],
    ['a lone surrogate', '{"timestamp":1600000000000,"data":{"temp":1},"tags":["\\ud800"]}', 'tags-invalid'],
    ['a NUL', '{"timestamp":1600000000000,"data":{"temp":1},"tags":["a\\u0000"]}', 'tags-invalid'],
    ['a nested tag', '{"timestamp":1600000000000,"data":{"temp":1},"tags":{"a":[1]}}', 'tags-invalid'],
    [
      '33 tags',
      `{"timestamp":1600000000000,"data":{"temp":1},"tags":[${Array(33).fill('"a"').join()}]}`,
      'tags-invalid',
    ],
    ['unknown members', '{"timestamp":1600000000000,"data":{"temp":1},"owner":2}', 'measurement-invalid'],
    ['a missing timestamp', '{"data":{"temp":1}}', 'timestamp-missing'],
    ['a timestamp as text', '{"timestamp":"1600000000000","data":{"temp":1}}', 'timestamp-invalid'],
    ['a timestamp of null', '{"timestamp":null,"data":{"temp":1}}', 'timestamp-invalid'],
    ['a negative timestamp', '{"timestamp":-1,"data":{"temp":1}}', 'timestamp-invalid'],
    ['a timestamp of 1e308', '{"timestamp":1e308,"data":{"temp":1}}', 'timestamp-in-future'],
    ['seconds', '{"timestamp":1600000000,"data":{"temp":1}}', 'timestamp-in-seconds'],
    ['two days ahead', '{"timestamp":1700172800000,"data":{"temp":1}}', 'timestamp-in-future'],
  ])('with %s is refused', async (_, body, code) => {
    await site.expectHarmless(async () => expectProblem(await site.post(body), code))
    expect(({} as Record<string, unknown>)['temp']).toBeUndefined()
  })

  it('names the unknown field', async () => {
    const answer = await site.post(`{"timestamp":${T},"data":{"tmep":1}}`)
    expectProblem(answer, 'unknown-field')
    expect(answer.json).toMatchObject({ field: 'tmep', detail: expect.stringContaining('tmep') })
  })

  it('may hold the largest doubles, and graphs survive them', async () => {
    for (const [n, value] of [1e308, -1e308, 5e-324].entries()) {
      const body = JSON.stringify({ timestamp: T + 1000 + n, data: { temp: value } })
      expect((await site.post(body)).status).toBe(201)
    }
    for (const points of [1, 2, 1000]) {
      const series = await site.get(`series?from=${T + 1000}&to=${T + 1003}&points=${points}`)
      expect(series.status).toBe(200)
      const { t } = (series.json as { fields: { temp: { t: number[] } } }).fields.temp
      expect(t.length).toBeGreaterThan(0)
    }
  })

  it('that is a gzip bomb is refused without inflating it', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
    const before = process.memoryUsage().rss
    const answer = await site.raw(
      Buffer.concat([
        Buffer.from(
          `${site.head()}Content-Encoding: gzip\r\nContent-Type: application/json\r\nContent-Length: ${bomb.length}\r\n\r\n`,
        ),
        bomb,
      ]),
    )
    expectProblem(answer, 'body-too-large')
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
  })
})

describe('a backlog', () => {
  it('of a year, out of order, comes back sorted', async () => {
    const day = 86_400_000
    const start = T - 365 * day
    const days = Array.from({ length: 366 }, (_, i) => (i * 149) % 366)
    const lines = days.map((n) => JSON.stringify({ timestamp: start + n * day + 0.5, data: { temp: n } }))
    expect((await site.post(lines.slice(0, 300).join('\n'), 'application/x-ndjson')).status).toBe(201)
    for (const line of lines.slice(300)) expect((await site.post(line)).status).toBe(201)

    const range = `from=${start}&to=${T + 1}`
    const series = await site.get(`series?fields=temp&points=1000&${range}`)
    const expected = days.toSorted((a, b) => a - b)
    expect(
      (series.json as { fields: { temp: { value: number[] } } }).fields.temp.value.slice(0, 365),
    ).toEqual(expected.slice(0, 365))
    const csv = await site.get(`measurements?${range}`, 'text/csv')
    const times = csv.body
      .toString()
      .split('\r\n')
      .slice(1, -1)
      .map((line) => Number(line.split(',')[0]))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times[0]).toBe(start + 0.5)
  })
})
