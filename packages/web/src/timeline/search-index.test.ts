import { expect, test } from 'vitest'
import { indexAtOrBefore } from './search-index.ts'

test('finds the last entry at or before an instant', () => {
  const times = [10, 20, 20, 30]
  expect([5, 10, 19, 20, 29.9, 30, 99].map((t) => indexAtOrBefore(times, t))).toEqual([-1, 0, 0, 2, 2, 3, 3])
  expect(indexAtOrBefore([], 1)).toBe(-1)
})
