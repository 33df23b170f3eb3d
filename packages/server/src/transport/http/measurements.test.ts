import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestServer } from '../../testing/test-server.ts'

const T = 1_600_000_000_000
let server: TestServer
let token: string
let stranger: string

beforeAll(async () => {
  server = await TestServer.start()
  const account = await server.account()
  ;({ token } = account)
  ;({ token: stranger } = await server.account('eve@example.org'))
  const { services } = server.installation
  const { name } = await server.sensor('rpi', ['temp:scalar:celsius', 'door:boolean'], account.id)
  const sensor = await services.sensors.get(account.id, name)
  await services.ingest.publishMany(
    sensor,
    Array.from({ length: 10 }, (_, n) => ({
      timestamp: T + n,
      data: { temp: n, door: n % 2 === 0 },
      tags: ['x'],
    })),
  )
})

afterAll(() => server.stop())

async function request(method: 'GET' | 'DELETE', query: string, headers: Record<string, string> = {}) {
  const response = await server.app.inject({
    method,
    url: `/api/v1/sensors/rpi/measurements${query}`,
    headers: { authorization: `Bearer ${token}`, ...headers },
  })
  return {
    status: response.statusCode,
    contentType: response.headers['content-type'],
    body: response.body,
    json: () => response.json<Record<string, unknown>>(),
  }
}

describe('measurements', () => {
  it('come in pages, oldest first, each once', async () => {
    const seen: number[] = []
    let cursor = ''
    for (let pages = 0; pages < 10; pages++) {
      const { json } = await request('GET', `?limit=3&from=${T + 1}&to=${T + 9}${cursor}`)
      const { measurements, next } = json() as { measurements: { timestamp: number }[]; next: string | null }
      seen.push(...measurements.map(({ timestamp }) => timestamp - T))
      if (next === null) break
      cursor = `&cursor=${next}`
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('come as CSV and as lines for the whole range', async () => {
    const csv = await request('GET', `?fields=temp&to=${T + 2}`, { accept: 'text/csv' })
    expect(csv.body).toBe(
      `timestamp,time,temp,tags\r\n${T},2020-09-13T12:26:40.000Z,0,"[""x""]"\r\n${T + 1},2020-09-13T12:26:40.001Z,1,"[""x""]"\r\n`,
    )
    const lines = await request('GET', `?to=${T + 1}`, { accept: 'application/x-ndjson' })
    expect(lines.body).toBe(`{"timestamp":${T},"data":{"temp":0,"door":true},"tags":["x"]}\n`)
  })

  it.each([
    ['text/csv;q=0', 'application/json; charset=utf-8'],
    ['text/csv; q=0.0, */*', 'application/json; charset=utf-8'],
    ['text/csv;q=0, application/x-ndjson', 'application/x-ndjson'],
    ['text/csv;q=0.1, */*', 'text/csv; charset=utf-8; header=present'],
  ])('come in no form that is refused: %s', async (accept, type) => {
    expect((await request('GET', '', { accept })).contentType).toBe(type)
  })
})

describe('deleting a range', () => {
  it('needs both ends, in order', async () => {
    for (const query of [
      '',
      `?from=${T}`,
      `?to=${T}`,
      `?from=${T + 1}&to=${T}`,
      `?from=${T}&to=${T + 1}&fields=nope`,
    ]) {
      expect([query, (await request('DELETE', query)).status]).toEqual([query, 422])
    }
  })

  it("is not possible for somebody else's sensor", async () => {
    const { status } = await request('DELETE', `?from=0&to=${T * 2}`, { authorization: `Bearer ${stranger}` })
    expect(status).toBe(404)
  })

  it('deletes the values of some fields or all, and says how many', async () => {
    expect((await request('DELETE', `?from=${T + 5}&to=${T + 7}&fields=door`)).json()).toEqual({ deleted: 2 })
    expect((await request('DELETE', `?from=${T + 6}&to=${T + 8}`)).json()).toEqual({ deleted: 3 })
    const { measurements } = (await request('GET', `?from=${T + 5}&to=${T + 9}`)).json() as {
      measurements: object[]
    }
    expect(measurements).toEqual([
      { timestamp: T + 5, data: { temp: 5 }, tags: ['x'] },
      { timestamp: T + 8, data: { temp: 8, door: true }, tags: ['x'] },
    ])
  })
})
