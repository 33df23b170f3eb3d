import { expect, test } from 'vitest'
import { pausesOf } from './gaps.ts'

/** The indexes after which there is a gap. */
function gapsIn(t: readonly number[], bucket = 0): number[] {
  const longest = pausesOf(t, bucket)
  return t.flatMap((instant, index) => {
    const next = t[index + 1]
    return next !== undefined && next - instant > longest(index) ? [index] : []
  })
}

test('a night without values is a gap among values of every minute', () => {
  expect(gapsIn([0, 60, 120, 180, 10_000, 10_060, 10_120])).toEqual([3])
})

test('of pairs sent together the pause between pairs is usual', () => {
  expect(gapsIn([0, 1, 600, 601, 1200, 1201, 1800, 1801])).toEqual([])
})

test('of three values each morning the rest of the day is a gap', () => {
  expect(gapsIn([8, 9, 10, 32, 33, 34, 56, 57, 58].map((hour) => hour * 3600))).toEqual([2, 5])
})

test('a device that changes its rate leaves no gaps', () => {
  const slow = Array.from({ length: 20 }, (_, i) => i * 60)
  const fast = Array.from({ length: 500 }, (_, i) => 20 * 60 + i * 2)
  expect(gapsIn([...slow, ...fast])).toEqual([])
})

test('values sent by hand belong together', () => {
  expect(gapsIn([0, 9, 31, 40, 95, 110])).toEqual([])
  expect(gapsIn([0, 500_000])).toEqual([])
})

test('one value has no gaps, neighbouring buckets neither', () => {
  expect(pausesOf([5], 0)(0)).toBe(Number.POSITIVE_INFINITY)
  expect(gapsIn([0, 100, 200, 300, 1200, 1300], 100)).toEqual([3])
})
