import { expect, test } from 'vitest'
import { BodyMemory, type HeldBody } from './body-memory.ts'

const KIB = 1024
const overloaded = expect.objectContaining({ code: 'overloaded', retryAfter: 1 })

/** Memory for 1,000 KiB of large bodies and as much again of small ones. */
function memory() {
  const at = { now: 0 }
  const subject = new BodyMemory({ elapsed: () => at.now, most: 2000 * KIB, reserved: 1000 * KIB })
  const held = (kib: number): HeldBody => {
    const body = subject.hold()
    body.grow(kib * KIB)
    return body
  }
  /** A body that is on its way, and what it was told. */
  const coming = (kib: number) => {
    const told: unknown[] = []
    const body = held(kib)
    body.giveUp = (why) => void told.push(why)
    return { body, told }
  }
  return { at, subject, held, coming }
}

test('bodies are counted as they grow, and no more when they are released', () => {
  const { subject, held } = memory()
  const body = held(10)
  body.grow(5 * KIB)
  expect(subject.bytes).toBe(15 * KIB)
  body.shrink(10 * KIB)
  expect([subject.bytes, body.bytes]).toEqual([5 * KIB, 5 * KIB])
  body.release()
  body.release()
  expect(subject.bytes).toBe(0)
})

test('what is too much is refused, and leaves what was held', () => {
  const { subject, held } = memory()
  const body = held(900)
  expect(() => body.grow(101 * KIB)).toThrow(overloaded)
  expect(subject.bytes).toBe(900 * KIB)
  body.grow(100 * KIB)
})

test('large bodies leave room for small ones', () => {
  const { held } = memory()
  held(1000)
  expect(() => held(65)).toThrow(overloaded)
  for (let i = 0; i < 15; i++) held(64)
  expect(() => held(64)).toThrow(overloaded)
})

test('those that have been coming for long go when there is not enough, the oldest first and no more than needed', () => {
  const { at, subject, held, coming } = memory()
  const first = coming(400)
  const second = coming(400)
  at.now = 4000
  expect(() => held(400)).toThrow(overloaded)
  expect(first.told).toEqual([])
  at.now = 5000
  held(400)
  expect([first.told, second.told]).toEqual([[overloaded], []])
  expect(subject.bytes).toBe(800 * KIB)
  expect(() => first.body.grow(1)).toThrow(overloaded)
})

test('those that have come already, and are being stored, stay', () => {
  const { at, held, coming } = memory()
  const { body, told } = coming(1000)
  body.giveUp = null
  at.now = 60_000
  expect(() => held(100)).toThrow(overloaded)
  expect(told).toEqual([])
})

test('a body that grows does not have to go for itself', () => {
  const { at, coming } = memory()
  const { body, told } = coming(1000)
  at.now = 60_000
  expect(() => body.grow(1)).toThrow(overloaded)
  expect(told).toEqual([])
})
