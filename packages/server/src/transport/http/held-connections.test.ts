import { createServer } from 'node:http'
import { connect, type AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { HeldConnections } from './held-connections.ts'

const REQUEST = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}'

/** A server that answers with the number of the request, and holds the connections of the first ones. */
async function setUp(held = 1) {
  const releases: (() => void)[] = []
  let now = 0
  const connections = new HeldConnections({ now: () => now, later: (run) => void releases.push(run) }, 1)
  let requests = 0
  const server = createServer((request, response) => {
    request.resume()
    const number = ++requests
    if (number <= held) request.once('end', () => connections.hold(request.socket, 100))
    response.end(`answer ${number}`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const clients: Socket[] = []
  return {
    /** As if that many ms had passed. */
    release: (ms = 20) => {
      now += ms
      for (const release of releases.splice(0)) release()
    },
    isHolding: () => releases.length > 0,
    async client() {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
      clients.push(socket)
      await once(socket, 'connect')
      return {
        send: () => void socket.write(REQUEST),
        hangUp: () => void socket.destroy(),
        /** The body of the next answer. */
        answer: async () => /answer \d+/.exec(String(((await once(socket, 'data')) as [Buffer])[0]))?.[0],
      }
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

test('what comes at once over a held connection is answered when it is let go, and others meanwhile', async () => {
  await using server = await setUp()
  const hasty = await server.client()
  const other = await server.client()
  hasty.send()
  expect(await hasty.answer()).toBe('answer 1')
  await expect.poll(server.isHolding).toBe(true)
  hasty.send()
  for (const expected of ['answer 2', 'answer 3', 'answer 4']) {
    other.send()
    expect(await other.answer()).toBe(expected)
  }
  server.release()
  expect(await hasty.answer()).toBe('answer 5')
})

test('a connection that ended while it was held does no harm', async () => {
  await using server = await setUp()
  const hasty = await server.client()
  hasty.send()
  await hasty.answer()
  await expect.poll(server.isHolding).toBe(true)
  hasty.hangUp()
  const other = await server.client()
  other.send()
  await other.answer()
  server.release()
  other.send()
  expect(await other.answer()).toBe('answer 3')
})

test('connections are let go some at a time, the longest held first', async () => {
  await using server = await setUp(2)
  const [first, second] = [await server.client(), await server.client()]
  for (const client of [first, second]) {
    client.send()
    await client.answer()
    await expect.poll(server.isHolding).toBe(true)
    client.send()
  }
  server.release()
  expect(await first.answer()).toBe('answer 3')
  server.release()
  expect(await second.answer()).toBe('answer 4')
})

test('nobody is held for long', async () => {
  await using server = await setUp(3)
  const clients = [await server.client(), await server.client(), await server.client()]
  for (const client of clients) {
    client.send()
    await client.answer()
    await expect.poll(server.isHolding).toBe(true)
  }
  const answers = clients.map((client) => {
    client.send()
    return client.answer()
  })
  server.release(1000)
  expect(new Set(await Promise.all(answers))).toStrictEqual(new Set(['answer 4', 'answer 5', 'answer 6']))
})

/** Holds a hundred connections that do nothing, and lets ten of them go at a time. */
function hundred(bytes: number, last = bytes) {
  let now = 0
  let next: (() => void) | null = null
  let gone = 0
  const held = new HeldConnections({ now: () => now, later: (run) => void (next = run) }, 10)
  const connection = () => ({ pause: () => new Socket(), resume: () => (gone++, new Socket()) })
  for (let n = 0; n < 99; n++) held.hold(connection(), bytes)
  held.hold(connection(), last)
  /** @returns how many are let go when the loop comes round after so many ms */
  const pass = (ms: number): number => {
    const before = gone
    now += ms
    next?.()
    return gone - before
  }
  return { pass }
}

test('fewer are let go at a time while the event loop comes late, and as many as before when it doesn’t', () => {
  const { pass } = hundred(100_000)
  expect(pass(20)).toBe(10)
  const late = [pass(31), pass(31), pass(31), pass(31), pass(31), pass(31)]
  expect(late[0]).toBeLessThan(10)
  expect(late.at(-1)).toBe(2)
  const inTime = Array.from({ length: 4 }, () => pass(20))
  expect(inTime).toStrictEqual([3, 4, 5, 6])
})

test('who sends much is held longer', () => {
  const small = hundred(1000)
  const large = hundred(100_000)
  expect(small.pass(260)).toBe(100)
  expect(large.pass(260)).toBeLessThan(10)
  expect(large.pass(1300)).toBeGreaterThan(90)
})

test('who sends little doesn’t wait for those who send much', () => {
  const { pass } = hundred(100_000, 1000)
  expect(pass(31)).toBe(7)
  expect(pass(230)).toBe(6)
})
