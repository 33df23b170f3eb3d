import { Writable } from 'node:stream'
import { SenioError } from '@senio/protocol'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestServer } from '../../testing/test-server.ts'
import { createHttpServer } from './server.ts'

const lines: Record<string, unknown>[] = []
let server: TestServer
let url: string
let key: string
let close: () => Promise<unknown>

beforeAll(async () => {
  server = await TestServer.start()
  key = (await server.sensor('rpi', ['temp:scalar'])).key
  const { services } = server.installation
  const broken = () => Promise.reject(new SenioError('storage-failing', 'The disk is gone.'))
  const write = (chunk: Buffer, _encoding: string, done: () => void): void => {
    lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>)
    done()
  }
  services.ingest.publishMany = broken
  const app = await createHttpServer(
    { ...services, probe: broken },
    {
      logger: pino({ base: null }, new Writable({ write })),
      publicUrl: undefined,
      trustProxy: undefined,
      bodyTimeout: 1000,
      webApp: server.dataDir,
    },
  )
  url = await app.listen({ port: 0, host: '127.0.0.1' })
  close = () => app.close()
})
afterAll(async () => {
  await close()
  await server.stop()
})

test('each line about a request has its id, which no other request has', async () => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const body = JSON.stringify([{ timestamp: 1_600_000_000_000, data: { temp: 1 } }])
  const answers = await Promise.all([
    fetch(`${url}/readyz`),
    fetch(`${url}/publish/rpi`, { method: 'POST', headers, body }),
    // Not plain enough for the short way: through the routes.
    fetch(`${url}/publish/rpi`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json;charset=UTF-8' },
      body,
    }),
    fetch(`${url}/readyz`),
  ])
  expect(answers.map(({ status }) => status)).toStrictEqual([503, 503, 503, 503])
  const ids = lines.filter(({ level }) => level === 50).map(({ reqId }) => String(reqId))
  expect(ids).toHaveLength(4)
  expect(new Set(ids).size).toBe(4)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-z]+$/)
  // One start, one beginning.
  expect(new Set(ids.map((id) => id.slice(0, 8))).size).toBe(1)
  expect(JSON.stringify(lines)).not.toContain(key)
})
