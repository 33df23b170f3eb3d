import { timestampMs } from '@senio/protocol'
import { expect, it } from 'vitest'
import type { NodeMessages } from '../../storage/node-messages.ts'
import { memoryNodeMessages } from '../testing/memory-node-messages.ts'
import { RateLimiter } from './rate-limiter.ts'

const RATE = 100
const KEY = 1

/** Nodes that a device's requests are spread over. */
function nodes(count: number, messages: readonly (NodeMessages | null)[]) {
  let now = 1_700_000_000_000
  const limiters = Array.from(
    { length: count },
    (_, index) => new RateLimiter(RATE, () => timestampMs(now), messages[index] ?? null),
  )
  let next = 0
  return {
    pass: (ms: number) => (now += ms),
    /** Asks each node in turn, and gives how many requests were let through. */
    take(requests: number, key = KEY): number {
      let taken = 0
      for (let n = 0; n < requests; n++) {
        try {
          limiters[next++ % count]?.take(key)
          taken++
        } catch {
          // Refused.
        }
      }
      return taken
    },
  }
}

it('lets through a burst and the rate over all nodes, give or take what is untold', () => {
  const three = nodes(3, memoryNodeMessages(3).nodes)
  let taken = three.take(5000)
  const tolerance = 3 * (RATE / 10)
  expect(taken).toBeGreaterThanOrEqual(10 * RATE)
  expect(taken).toBeLessThanOrEqual(10 * RATE + tolerance)
  for (let second = 0; second < 20; second++) {
    three.pass(1000)
    taken += three.take(1000)
  }
  expect(taken).toBeGreaterThanOrEqual(30 * RATE - tolerance)
  expect(taken).toBeLessThanOrEqual(30 * RATE + tolerance)
})

it('has what was too much made up for', () => {
  const delayed: (() => void)[] = []
  const messages = memoryNodeMessages(2).nodes.map((node) => ({
    ...node,
    send: (message: string) => void delayed.push(() => node.send(message)),
  }))
  const two = nodes(2, messages)
  // Neither knows of the other in time.
  two.take(1)
  two.take(1)
  expect(two.take(5000)).toBe(20 * RATE - 2)
  for (const send of delayed.splice(0)) send()
  two.pass(9000)
  expect(two.take(100)).toBe(0)
  two.pass(2000)
  expect(two.take(1000)).toBeGreaterThan(0)
})

it('says nothing of keys that send little', () => {
  const { nodes: ports, sent } = memoryNodeMessages(2)
  const two = nodes(2, ports)
  for (let key = 0; key < 100; key++) two.take(8, key)
  expect(sent).toEqual([])
})

it('goes on alone as before', () => {
  expect(nodes(1, []).take(5000)).toBe(10 * RATE)
})
