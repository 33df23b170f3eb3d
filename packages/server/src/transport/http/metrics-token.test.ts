import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestServer } from '../../testing/test-server.ts'
import type { App } from './app.ts'
import { createHttpServer } from './server.ts'

const TOKEN = 'a token of the metrics'
let server: TestServer
let app: App
beforeAll(async () => {
  server = await TestServer.start()
  app = await createHttpServer(server.installation.services, {
    logger: pino({ level: 'silent' }),
    publicUrl: undefined,
    trustProxy: undefined,
    bodyTimeout: 1000,
    webApp: join(server.dataDir, 'no-web-app'),
    metricsToken: TOKEN,
  })
})
afterAll(async () => {
  await app.close()
  await server.stop()
})

const metrics = (authorization?: string) =>
  app.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } })

it('opens the metrics', async () => {
  const { statusCode, body } = await metrics(`Bearer ${TOKEN}`)
  expect(statusCode).toBe(200)
  expect(body).toContain('senio_measurements_total')
})

it.each([undefined, '', 'Bearer', `Bearer ${TOKEN}x`, TOKEN, `Basic ${TOKEN}`])(
  'is asked for: %s is none',
  async (authorization) => {
    const answer = await metrics(authorization)
    expect(answer.statusCode).toBe(401)
    expect(answer.json()).toMatchObject({ code: 'not-signed-in' })
    expect(answer.body).not.toContain('senio_')
  },
)

it("is no account's API token", async () => {
  const { token } = await server.account()
  expect((await metrics(`Bearer ${token}`)).statusCode).toBe(401)
})

it('keeps nothing else closed', async () => {
  expect((await app.inject('/healthz')).statusCode).toBe(200)
  expect((await app.inject('/readyz')).statusCode).toBe(200)
})
