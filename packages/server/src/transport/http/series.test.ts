import { seriesSchema } from '@senio/protocol/api'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestServer } from '../../testing/test-server.ts'

const T = 1_600_000_000_000.25
const PLACE = { lat: 52.5, lon: 13.4 }

let server: TestServer
let ask: (query: string) => Promise<{ readonly type: string | undefined; readonly json: unknown }>

beforeAll(async () => {
  server = await TestServer.start()
  const { id, token } = await server.account()
  await server.sensor('rpi', ['temp:scalar:°C', 'door:boolean', 'place:location'], id)
  const { sensors, ingest } = server.installation.services
  await ingest.publishMany(
    await sensors.get(id, 'rpi'),
    [0, 1, 2, 3].map((n) => ({ timestamp: T + n, data: { temp: n / 8 - 0.1, door: n < 2, place: PLACE } })),
  )
  ask = async (query) => {
    const answer = await server.app.inject({
      url: `/api/v1/sensors/rpi/series?${query}`,
      headers: { authorization: `Bearer ${token}` },
    })
    return { type: answer.headers['content-type']?.toString(), json: answer.json() }
  }
})

afterAll(() => server.stop())

it('raw values of every type come as what they are, numbers to their last digit', async () => {
  const { type, json } = await ask(`from=${T}&to=${T + 4}`)
  expect(type).toBe('application/json; charset=utf-8')
  const t = [T, T + 1, T + 2, T + 3]
  expect(seriesSchema.parse(json)).toStrictEqual({
    from: T,
    to: T + 4,
    fields: {
      temp: {
        type: 'scalar',
        unit: '°C',
        bucket: 0,
        t,
        value: [-0.1, 1 / 8 - 0.1, 2 / 8 - 0.1, 3 / 8 - 0.1],
      },
      door: { type: 'boolean', unit: '', bucket: 0, t, value: [true, true, false, false] },
      place: { type: 'location', unit: '', bucket: 0, t, value: [PLACE, PLACE, PLACE, PLACE] },
    },
  })
})

it('buckets of every type are as described', async () => {
  const { json } = await ask(`from=${T}&to=${T + 4}&points=3`)
  const start = Math.floor(T / 2) * 2
  const count = [2, 2]
  expect(seriesSchema.parse(json)).toMatchObject({
    fields: {
      temp: { bucket: 2, t: [start, start + 2], min: [-0.1, 0.15], max: [1 / 8 - 0.1, 3 / 8 - 0.1], count },
      door: { bucket: 2, t: [start, start + 2], min: [1, 0], mean: [1, 0.125], max: [1, 1], count },
      place: { bucket: 2, t: [start, start + 2], value: [PLACE, PLACE], count },
    },
  })
})
