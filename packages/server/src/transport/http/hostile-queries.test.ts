import type { ErrorCode } from '@senio/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, PublishSite, type SiteAnswer, sha1 } from '../../testing/publish-site.ts'
import { jpeg } from '../../testing/test-images.ts'

const T = 1_600_000_000_000
let site: PublishSite
let picture: Buffer
let theirs: Buffer

beforeAll(async () => {
  site = await PublishSite.open()
  picture = await jpeg(40, 30, 1)
  theirs = await jpeg(40, 30, 2)
  await site.post(picture, 'image/jpeg', `?field=cam1&timestamp=${T}`)
  await site.post(JSON.stringify({ timestamp: T, data: { temp: -21.5 } }))
  const { key } = await site.server.sensor('secret', ['temp:scalar', 'cam1:image'])
  const response = await fetch(`${site.url}/publish/secret?field=cam1&timestamp=${T}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg' },
    body: new Uint8Array(theirs),
  })
  expect(response.status).toBe(201)
})
afterAll(() => site.close())

describe('a query', () => {
  it.each<[string, ErrorCode]>([
    ['measurements?limit=1e9', 'parameter-invalid'],
    ['measurements?limit=0', 'parameter-invalid'],
    ['measurements?limit=-1', 'parameter-invalid'],
    ['measurements?limit=ten', 'parameter-invalid'],
    ['measurements?limit=1.5', 'parameter-invalid'],
    ['measurements?limit=5&limit=6', 'parameter-invalid'],
    ['measurements?from=2&to=1', 'parameter-invalid'],
    ['measurements?from=yesterday', 'parameter-invalid'],
    ['measurements?from=NaN', 'parameter-invalid'],
    ['measurements?from=Infinity', 'parameter-invalid'],
    ['measurements?to=1e999', 'parameter-invalid'],
    ['measurements?from=1%3BDROP%20TABLE%20sensors', 'parameter-invalid'],
    ["measurements?fields=temp'%20OR%20'1'='1", 'unknown-field'],
    ['measurements?fields=nope', 'unknown-field'],
    ['measurements?fields=__proto__', 'unknown-field'],
    ['measurements?cursor=nonsense', 'parameter-invalid'],
    ["measurements?cursor=1'%20OR%201=1", 'parameter-invalid'],
    [`measurements?cursor=${'x'.repeat(1000)}`, 'parameter-invalid'],
    ['measurements?tag=%zz', 'malformed-url'],
    ['measurements?tag=%ff', 'malformed-url'],
    ['measurements?owner=2', 'parameter-invalid'],
    ['series?points=0', 'parameter-invalid'],
    ['series?points=1e9', 'parameter-invalid'],
    ['series?from=2&to=1', 'parameter-invalid'],
    ["series?fields=temp')%3B--", 'unknown-field'],
    ['at', 'parameter-invalid'],
    ['at?t=now', 'parameter-invalid'],
    ['images?count=0', 'parameter-invalid'],
    ['images?count=1e9', 'parameter-invalid'],
    ['images?limit=1e9', 'parameter-invalid'],
    ['images?field=temp', 'parameter-invalid'],
    ['images?field=nope', 'unknown-field'],
    ["images?field=cam1'--", 'unknown-field'],
    ['/api/v1/sensors?limit=1e9', 'parameter-invalid'],
    ['/api/v1/sensors?cursor=%00', 'parameter-invalid'],
    ["/api/v1/sensors/rpi'%20OR%20'1'='1", 'not-found'],
    ['/api/v1/sensors/__proto__', 'not-found'],
    ['/api/v1/sensors/%00', 'not-found'],
    ['/api/v1/nothing', 'not-found'],
  ])('is refused: %s', async (path, code) => {
    await site.expectHarmless(async () => expectProblem(await site.get(path), code))
  })

  it('may hold anything in a search or a tag, which are only compared', async () => {
    for (const text of ["' OR 1=1 --", '%', '_', '*', '"', '\\', '<script>', '💥']) {
      const search = await site.get(`/api/v1/sensors?search=${encodeURIComponent(text)}`)
      expect([text, search.status, search.json]).toEqual([text, 200, { sensors: [], next: null }])
      const tagged = await site.get(`measurements?tag=${encodeURIComponent(text)}`)
      expect([text, tagged.status, tagged.json]).toEqual([text, 200, { measurements: [], next: null }])
    }
  })
})

describe("somebody else's", () => {
  /** What is told about something that isn't there, without the name that was asked for. */
  const told = ({ status, headers, body }: SiteAnswer, name: string): unknown => ({
    status,
    type: headers['content-type'],
    body: body.toString().replaceAll(name, '…'),
  })

  it.each([
    '',
    '/series',
    '/at?t=1600000000000',
    '/latest',
    '/measurements',
    '/images?field=cam1',
    '/keys',
    '/live',
  ])('sensor is answered as if it did not exist: %s', async (path) => {
    const existing = await site.get(`/api/v1/sensors/secret${path}`)
    const missing = await site.get(`/api/v1/sensors/nobody${path}`)
    expect(existing.status).toBe(404)
    expect(told(existing, 'secret')).toEqual(told(missing, 'nobody'))
  })

  it('picture is answered as if it did not exist, even for a sensor of mine', async () => {
    const absent = sha1(Buffer.from('absent'))
    for (const sensor of ['rpi', 'secret']) {
      for (const size of ['thumb', 'preview', 'original']) {
        const existing = await site.get(`/api/v1/sensors/${sensor}/images/${sha1(theirs)}?size=${size}`)
        const missing = await site.get(`/api/v1/sensors/${sensor}/images/${absent}?size=${size}`)
        expect(existing.status).toBe(404)
        expect(told(existing, sha1(theirs))).toEqual(told(missing, absent))
      }
    }
    expect((await site.get(`images/${sha1(picture)}?size=thumb`)).status).toBe(200)
  })

  it.each([
    'nonsense',
    '..%2f..%2fsenio.db',
    '0'.repeat(39),
    'G'.repeat(40),
    sha1(Buffer.from('x')).toUpperCase(),
  ])('or no picture at all: %s', async (name) => expectProblem(await site.get(`images/${name}`), 'not-found'))

  it('account cannot be named as the owner', async () => {
    const response = await fetch(`${site.url}/api/v1/sensors`, {
      method: 'POST',
      headers: { authorization: `Bearer ${site.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'mine', owner: 2, role: 'administrator' }),
    })
    expect(response.status).toBe(422)
    expect((await site.get('/api/v1/sensors/mine')).status).toBe(404)
  })
})

describe('an export as CSV', () => {
  it('holds no cell that a spreadsheet would run, and numbers stay numbers', async () => {
    const tags = { a: '=1+1', b: '+1', c: '-1', d: '@SUM(A1)', e: '\t=1', f: '<img src=x onerror=alert(1)>' }
    const timestamp = T + 5000
    expect((await site.post(JSON.stringify({ timestamp, data: { temp: -3.5 }, tags }))).status).toBe(201)
    const csv = await site.get(`measurements?from=${timestamp}&to=${timestamp + 1}`, 'text/csv')
    expect(csv.headers).toMatchObject({
      'content-type': expect.stringContaining('text/csv'),
      'content-disposition': expect.stringContaining('attachment'),
      'x-content-type-options': 'nosniff',
    })
    const [header, row] = csv.body.toString().split('\r\n')
    expect(header).toBe('timestamp,time,temp,cam1,cam2,tags')
    const cells = row?.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)?.map((cell) => cell.replace(/,$/, '')) ?? []
    expect(cells[2]).toBe('-3.5')
    const texts = cells.filter((cell) => Number.isNaN(Number(cell)))
    for (const cell of texts) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r]/)
    expect(JSON.parse((cells[5] ?? '').slice(1, -1).replaceAll('""', '"'))).toEqual(tags)
  })
})
