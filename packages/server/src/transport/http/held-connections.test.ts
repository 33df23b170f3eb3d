import { createServer } from 'node:http'
import { connect, type AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Closing } from './closing.ts'
import { HeldConnections } from './held-connections.ts'

const REQUEST = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}'

/** A server that answers with the number of the request, and holds the connections of the first ones. */
async function setUp(held = 1) {
  const releases: (() => void)[] = []
  let now = 0
  const closing: Closing = { stage: 'open' }
  const timing = { now: () => now, later: (run: () => void) => void releases.push(run) }
  const connections = new HeldConnections(closing, timing, 1)
  let requests = 0
  const server = createServer((request, response) => {
    request.resume()
    const number = ++requests
    const waited = connections.waited(request.socket)
    if (number <= held) request.once('end', () => connections.hold(request.socket))
    response.end(`answer ${number}${waited > 0 ? `, waited ${waited} ms` : ''}`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const clients: Socket[] = []
  return {
    /** As if that many ms had passed: timers are due. */
    async release(ms = 20) {
      await delay(1)
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
        answer: async () => /answer .*/.exec(String(((await once(socket, 'data')) as [Buffer])[0]))?.[0],
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
  await server.release()
  expect(await hasty.answer()).toBe('answer 5, waited 20 ms')
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
  await server.release()
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
  await server.release()
  expect(await first.answer()).toBe('answer 3, waited 20 ms')
  await server.release()
  expect(await second.answer()).toBe('answer 4, waited 40 ms')
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
  await server.release(100)
  expect(new Set(await Promise.all(answers))).toStrictEqual(
    new Set([4, 5, 6].map((number) => `answer ${number}, waited 100 ms`)),
  )
})

test('what comes over a connection after it was let go has waited for nothing', async () => {
  await using server = await setUp()
  const patient = await server.client()
  patient.send()
  await patient.answer()
  await expect.poll(server.isHolding).toBe(true)
  await server.release()
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  patient.send()
  expect(await patient.answer()).toBe('answer 2')
})

/** Holds a hundred connections that do nothing, and lets ten of them go at a time. */
function hundred() {
  let now = 0
  let next: (() => void) | null = null
  let gone = 0
  const closing: Closing = { stage: 'open' }
  const timing = { now: () => now, later: (run: () => void) => void (next = run) }
  const held = new HeldConnections(closing, timing, 10)
  let paused = 0
  const connections = Array.from({ length: 100 }, () => ({
    pause: () => (paused++, new Socket()),
    resume: () => (gone++, new Socket()),
  }))
  const hold = () => {
    for (const connection of connections) held.hold(connection)
  }
  /** @returns how many are let go when the loop comes round after so many ms */
  const pass = (ms: number): number => {
    const before = gone
    now += ms
    next?.()
    return gone - before
  }
  hold()
  return { hold, pass, closing, paused: () => paused }
}

test('fewer are let go at a time while the event loop comes late, and as many as before when it doesn’t', () => {
  const { hold, pass } = hundred()
  pass(100)
  hold()
  const late = [pass(31), pass(31), pass(31), pass(31), pass(31), pass(31)]
  expect(late[0]).toBeLessThan(10)
  expect(late.at(-1)).toBe(2)
  const inTime = Array.from({ length: 4 }, () => pass(20))
  expect(inTime).toStrictEqual([3, 4, 5, 6])
})

test('who is sent away for the first time, or comes back when it was told to, is soon listened to', () => {
  const { hold, pass } = hundred()
  expect(pass(100)).toBe(100)
  pass(900)
  hold()
  expect(pass(99)).toBeLessThan(10)
  expect(pass(1)).toBeGreaterThan(90)
})

test('who asks again at once is kept waiting for nearly as long as it was told to wait', () => {
  const { hold, pass } = hundred()
  pass(100)
  pass(400)
  hold()
  expect(pass(899)).toBeLessThan(10)
  expect(pass(1)).toBeGreaterThan(90)
})

test('all are let go when the server begins to close, and nobody is held any more', () => {
  const { hold, pass, closing, paused } = hundred()
  closing.stage = 'refusing'
  expect(pass(20)).toBe(100)
  hold()
  expect(paused()).toBe(100)
})
