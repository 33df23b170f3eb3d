import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { BodyMemory } from '../../../domain/overload/body-memory.ts'
import { readBody } from './read-body.ts'

function coming() {
  const request = new IncomingMessage(new Socket())
  const held = new BodyMemory({ elapsed: () => 0 }).hold()
  const limit = { bytes: () => 100, advice: '' }
  // Longer than the test may take.
  return { request, read: () => readBody({ request, timeout: 60_000, held }, limit) }
}

test('a body that comes along with its head is read at once', async () => {
  const { request, read } = coming()
  const reading = read()
  request.push('{}')
  request.complete = true
  request.push(null)
  expect(Buffer.from(await reading).toString()).toBe('{}')
  expect(request.listenerCount('data')).toBe(0)
})

test('a body that comes later is waited for', async () => {
  const { request, read } = coming()
  const reading = read()
  await new Promise((resolve) => setImmediate(resolve))
  for (const part of ['{', '}']) request.push(part)
  request.complete = true
  request.push(null)
  expect(Buffer.from(await reading).toString()).toBe('{}')
})

test.each(['before anybody reads', 'in the same turn', 'later'])(
  'a connection that ends %s is not waited for',
  async (when) => {
    const { request, read } = coming()
    if (when === 'before anybody reads') {
      request.destroy()
      await new Promise((resolve) => request.once('close', resolve))
    }
    const reading = read()
    if (when === 'later') await new Promise((resolve) => setImmediate(resolve))
    request.destroy()
    await expect(reading).rejects.toMatchObject({ code: 'malformed-request' })
  },
)
