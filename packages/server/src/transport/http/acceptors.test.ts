import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { Acceptors } from './acceptors.ts'
import type { App } from './app.ts'

async function setUp(port = 0) {
  const app = fastify() as unknown as App
  const releases: (() => void)[] = []
  app.get('/', async () => 'here')
  app.get('/slow', () => new Promise((resolve) => releases.push(() => resolve('at last'))))
  const acceptors = new Acceptors(app)
  await acceptors.listen({ port, host: '127.0.0.1' })
  return {
    app,
    acceptors,
    releases,
    port: (app.server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => acceptors.close(),
  }
}

test('whoever connects is answered, on whichever socket it came', async () => {
  await using server = await setUp()
  const answers = Array.from({ length: 200 }, async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/`, { headers: { connection: 'close' } })
    return response.text()
  })
  expect(new Set(await Promise.all(answers))).toStrictEqual(new Set(['here']))
})

test.runIf(process.platform === 'linux')('a turn of the event loop takes in many connections', async () => {
  await using server = await setUp()
  let connections = 0
  server.app.server.on('connection', () => connections++)
  const clients = Array.from({ length: 300 }, () => connect(server.port, '127.0.0.1'))
  let turns = 0
  for (let before = 0; before < 300; before = connections) {
    await new Promise((resolve) => setImmediate(resolve))
    if (connections > before) turns++
  }
  for (const client of clients) client.destroy()
  expect(turns).toBeLessThan(100)
})

test('a port that another one has is refused, though it could be shared', async () => {
  await using server = await setUp()
  await expect(setUp(server.port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('closing ends when the last request was answered, and nobody can connect any more', async () => {
  const server = await setUp()
  const answers = Array.from({ length: 20 }, async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/slow`, { headers: { connection: 'close' } })
    return response.text()
  })
  await expect.poll(() => server.releases.length).toBe(20)
  let isClosed = false
  const closing = server.acceptors.close().then(() => (isClosed = true))
  const attempt = (): Promise<unknown> =>
    once(connect(server.port, '127.0.0.1'), 'connect').catch((error: NodeJS.ErrnoException) => error.code)
  await expect.poll(attempt).toBe('ECONNREFUSED')
  expect(isClosed).toBe(false)
  for (const release of server.releases) release()
  expect(new Set(await Promise.all(answers))).toStrictEqual(new Set(['at last']))
  await closing
})
