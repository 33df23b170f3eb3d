import { describe, expect, it } from 'vitest'
import { createClient } from './client.ts'
import { ProblemError } from './problem-error.ts'

interface Sent {
  readonly url: string
  readonly init: RequestInit
}

/** A client whose requests are all answered alike, and what it sent. */
function clientAnswered(response: () => Response, options: { token?: string; baseUrl?: string } = {}) {
  const sent: Sent[] = []
  const client = createClient({
    baseUrl: 'http://pi.local:8080/',
    ...options,
    fetch: async (url, init = {}) => {
      sent.push({ url: url as string, init })
      return response()
    },
  })
  return { client, sent }
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'resolved',
    (error: unknown) => error,
  )
}

describe('a request', () => {
  it('encodes names in the path and joins lists in the query', async () => {
    const { client, sent } = clientAnswered(() => json({ from: 0, to: 1, fields: {} }))
    await client.series('Gewächs haus', { fields: ['a b', 'ü'], from: 0.5, points: 10 })
    expect(sent[0]?.url).toBe(
      'http://pi.local:8080/api/v1/sensors/Gew%C3%A4chs%20haus/series?fields=a+b%2C%C3%BC&from=0.5&points=10',
    )
  })

  it('is for tiles and keograms an address', () => {
    const { client } = clientAnswered(() => json({}))
    expect(client.keogramTileUrl('rpi', 'cam 1', { msPerColumn: 1024, index: 7 })).toBe(
      'http://pi.local:8080/api/v1/sensors/rpi/keogram/cam%201/1024/7.webp',
    )
    expect(client.keogramTileUrl('rpi', 'cam1', { msPerColumn: 1, index: 0, column: 'mean' })).toMatch(
      /\/0\.webp\?column=mean$/,
    )
    expect(client.keogramUrl('rpi', { field: 'cam1', width: 9 })).toMatch(/\/keogram\?field=cam1&width=9$/)
  })

  it('leaves out what is undefined', async () => {
    const { client, sent } = clientAnswered(() => json({ sensors: [], next: null }))
    await client.sensors.list({ search: undefined, limit: 5 })
    expect(sent[0]?.url).toBe('http://pi.local:8080/api/v1/sensors?limit=5')
  })

  it('carries the token', async () => {
    const { client, sent } = clientAnswered(() => json({}), { token: 'senio_x' })
    await client.me.get()
    expect(new Headers(sent[0]?.init.headers).get('authorization')).toBe('Bearer senio_x')
  })

  it('sends JSON, and no content type without a body', async () => {
    const { client, sent } = clientAnswered(() => json({}))
    await client.tokens.create({ label: 'a' })
    await client.session.end()
    expect(sent[0]?.init.body).toBe('{"label":"a"}')
    expect(new Headers(sent[0]?.init.headers).get('content-type')).toBe('application/json')
    expect(new Headers(sent[1]?.init.headers).has('content-type')).toBe(false)
  })

  it('has no answer at 204', async () => {
    const { client } = clientAnswered(() => new Response(null, { status: 204 }))
    expect(await client.sensors.delete('a')).toBeUndefined()
  })
})

describe('the address of a picture', () => {
  it('belongs to the origin of the page when no other is given', () => {
    const { client } = clientAnswered(() => json({}), { baseUrl: '' })
    expect(client.imageUrl('a/b', 'ff', 'thumb')).toBe('/api/v1/sensors/a%2Fb/images/ff?size=thumb')
  })
})

describe('a refused request', () => {
  it('rejects with the code, status, detail and field of the problem', async () => {
    const problem = { type: '', title: '', status: 409, code: 'name-taken', detail: 'Taken.', field: 'name' }
    const { client } = clientAnswered(() =>
      json(problem, 409, { 'content-type': 'application/problem+json' }),
    )
    const error = await rejection(client.sensors.create({ name: 'a' }))
    expect(error).toBeInstanceOf(ProblemError)
    expect(error).toMatchObject({ code: 'name-taken', status: 409, message: 'Taken.', field: 'name' })
  })

  it('tells how long to wait', async () => {
    const problem = { status: 429, code: 'rate-limited', detail: 'Slower.' }
    const { client } = clientAnswered(() => json(problem, 429, { 'retry-after': '7' }))
    expect(await rejection(client.me.get())).toMatchObject({ code: 'rate-limited', retryAfter: 7 })
  })

  it('is an unexpected answer when it is a page of a proxy', async () => {
    const { client } = clientAnswered(
      () => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } }),
    )
    expect(await rejection(client.me.get())).toMatchObject({ code: 'unexpected-answer', status: 502 })
  })
})

describe('a server that is away', () => {
  const client = createClient({
    fetch: async (_url, init) => {
      init?.signal?.throwIfAborted()
      throw new TypeError('fetch failed')
    },
  })

  it('is unreachable', async () => {
    expect(await rejection(client.me.get())).toMatchObject({ code: 'unreachable', status: 0 })
  })

  it('is not blamed for an aborted request', async () => {
    const reason = new Error('no longer wanted')
    expect(await rejection(client.me.get({ signal: AbortSignal.abort(reason) }))).toBe(reason)
  })
})
