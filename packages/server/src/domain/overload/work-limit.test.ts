import { durationMs } from '@senio/protocol'
import { expect, test } from 'vitest'
import { type Work, WorkLimit } from './work-limit.ts'

const KIB = 1024

function workLimit() {
  const at = { now: 0 }
  const limit = new WorkLimit({ elapsed: () => at.now, target: durationMs(100), least: 64 * KIB, crowd: 20 })
  /** Begins lists of 10 KiB until no more should. */
  const fill = (): Work[] => {
    const begun: Work[] = []
    while (!limit.isReached && begun.length < 10_000) begun.push(limit.begin(10 * KIB))
    return begun
  }
  const finish = (works: readonly Work[], ms: number): void => {
    at.now += ms
    for (const work of works) limit.end(work)
  }
  return { at, limit, fill, finish }
}

test('so much may begin and no more, until something is done', () => {
  const { limit, fill, finish } = workLimit()
  const begun = fill()
  expect(limit.isReached).toBe(true)
  finish(begun.slice(0, 10), 50)
  expect(limit.isReached).toBe(false)
  expect(limit.count).toBe(begun.length - 10)
})

test('a first crowd, of which nothing is known, is let in for what a slow machine does in a second', () => {
  const { fill } = workLimit()
  expect(fill().length).toBeLessThanOrEqual(100)
})

test('work that takes too long lowers the limit, once for what began before, and never below what is no crowd', () => {
  const { fill, finish } = workLimit()
  const before = fill()
  finish(before, 101)
  const after = fill()
  expect(after.length).toBeLessThan(before.length)
  expect(after.length).toBeGreaterThan(before.length / 2)
  finish(after, 101)
  for (let n = 0; n < 30; n++) finish(fill(), 101)
  const least = fill()
  expect(least.length).toBeGreaterThanOrEqual(6)
  expect(least.length).toBeLessThanOrEqual(7)
})

test('work that is done in time raises it again, bit by bit and to an end', () => {
  const { fill, finish } = workLimit()
  for (let n = 0; n < 30; n++) finish(fill(), 101)
  const low = fill()
  finish(low, 50)
  const next = fill()
  expect(next.length).toBeLessThanOrEqual(low.length + 1)
  finish(next, 50)
  for (let n = 0; n < 500; n++) finish(fill(), 50)
  const high = fill()
  expect(high.length).toBeGreaterThan(10 * low.length)
  finish(high, 50)
  expect(fill()).toHaveLength(high.length)
})

test('many who wait for long lower it, however little each of them is', () => {
  const { limit, finish } = workLimit()
  const many = Array.from({ length: 200 }, () => limit.begin(KIB))
  expect(limit.isReached).toBe(false)
  finish(many, 1000)
  const next: Work[] = []
  while (!limit.isReached && next.length < 1000) next.push(limit.begin(KIB))
  expect(next.length).toBeGreaterThan(100)
  expect(next.length).toBeLessThan(200)
})

test('little work says nothing about how much there may be', () => {
  const { limit, fill, finish } = workLimit()
  const before = fill()
  finish(before, 50)
  for (let n = 0; n < 30; n++) finish([limit.begin(KIB)], 1000)
  expect(fill().length).toBeGreaterThanOrEqual(before.length)
})

test('while nothing is done at all a crowd is enough, and a few more may begin', () => {
  const { at, limit, finish } = workLimit()
  const few = Array.from({ length: 20 }, () => limit.begin(KIB))
  at.now += 10_000
  expect(limit.isReached).toBe(false)
  finish(few, 0)
  const crowd = Array.from({ length: 21 }, () => limit.begin(KIB))
  at.now += 99
  expect(limit.isReached).toBe(false)
  at.now += 2
  expect(limit.isReached).toBe(true)
  finish(crowd.slice(0, 1), 0)
  expect(limit.isReached).toBe(false)
})

test('a crowd of which something goes on is not one of which nothing is done', () => {
  const { at, limit } = workLimit()
  const [first] = Array.from({ length: 21 }, () => limit.begin(KIB))
  at.now += 101
  expect(limit.isReached).toBe(true)
  if (first !== undefined) limit.goOn(first)
  expect(limit.isReached).toBe(false)
})

test('the time that work waits for somebody else is none that it takes', () => {
  const { at, limit, fill, finish } = workLimit()
  const before = fill()
  const paused = before.slice(0, 50)
  for (const work of paused) limit.wait(work)
  expect(limit.count).toBe(before.length - 50)
  expect(limit.isReached).toBe(false)
  at.now += 1000
  for (const work of paused) {
    limit.goOn(work)
    limit.goOn(work)
  }
  expect(limit.count).toBe(before.length)
  finish(paused, 50)
  expect(fill().length).toBeGreaterThanOrEqual(50)
})

test('work that is given up while it waits is gone', () => {
  const { limit } = workLimit()
  const work = limit.begin(KIB)
  limit.wait(work)
  limit.end(work)
  expect(limit.count).toBe(0)
  expect(limit.isReached).toBe(false)
})

test('a low limit is forgotten when nothing was done for a while', () => {
  const { at, fill, finish } = workLimit()
  const first = fill()
  finish(first, 50)
  for (let n = 0; n < 30; n++) finish(fill(), 101)
  const low = fill()
  expect(low.length).toBeLessThan(10)
  finish(low, 101)
  at.now += 1001
  expect(fill().length).toBeGreaterThanOrEqual(first.length - 1)
})

test('there was much to do for a second after half of the limit, or a crowd, was in progress', () => {
  const { at, limit, fill, finish } = workLimit()
  const crowd = Array.from({ length: 20 }, () => limit.begin(KIB))
  expect(limit.wasMuch).toBe(false)
  crowd.push(limit.begin(KIB))
  expect(limit.wasMuch).toBe(true)
  finish(crowd, 999)
  expect(limit.wasMuch).toBe(true)
  at.now += 2
  expect(limit.wasMuch).toBe(false)
  finish(fill(), 50)
  expect(limit.wasMuch).toBe(true)
})
