import { gunzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { TestServer } from '../../testing/test-server.ts'

it('graph data is compressed for those who ask, and the same', async () => {
  const server = await TestServer.start()
  onTestFinished(() => server.stop())
  const { id, token } = await server.account()
  await server.sensor('rpi', ['temp:scalar:°C'], id)
  const { sensors, ingest } = server.installation.services
  const measurements = Array.from({ length: 500 }, (_, n) => ({
    timestamp: 1.6e12 + n,
    data: { temp: n / 7 },
  }))
  await ingest.publishMany(await sensors.get(id, 'rpi'), measurements)
  const ask = (encoding: string) =>
    server.app.inject({
      url: '/api/v1/sensors/rpi/series?from=1600000000000&to=1600000000500',
      headers: { authorization: `Bearer ${token}`, 'accept-encoding': encoding },
    })
  const plain = await ask('identity')
  const compressed = await ask('gzip, br')
  expect(compressed.headers['content-encoding']).toBe('gzip')
  expect(compressed.rawPayload.length).toBeLessThan(plain.rawPayload.length)
  expect(gunzipSync(compressed.rawPayload).toString()).toBe(plain.payload)
})
