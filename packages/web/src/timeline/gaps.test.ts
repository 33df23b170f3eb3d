import { expect, test } from 'vitest'
import { gapThreshold, usualInterval } from './gaps.ts'

test('a night without values is a gap among values of every minute', () => {
  const t = [0, 60, 120, 180, 10_000, 10_060, 10_120]
  expect(usualInterval(t)).toBe(60)
  expect(gapThreshold(t, 0)).toBe(240)
})

test('of pairs sent together the pause between pairs is usual', () => {
  const t = [0, 1, 600, 601, 1200, 1201, 1800, 1801]
  expect(gapThreshold(t, 0)).toBeGreaterThan(600)
})

test('one value has no gaps', () => {
  expect(gapThreshold([5], 0)).toBe(Number.POSITIVE_INFINITY)
  expect(usualInterval([])).toBeNull()
})

test('buckets that hold several values each are next to each other', () => {
  expect(gapThreshold([0, 100, 200, 900], 100)).toBe(400)
})
