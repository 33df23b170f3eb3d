import { expect, test } from 'vitest'
import { pointsToDraw } from './points-to-draw.ts'

test('few values are all drawn as points', () => {
  expect(pointsToDraw([1, undefined, 2, null, 3], 0, 4, 300)).toEqual([0, 2, 4])
})

test('of many values only those that stand alone between gaps', () => {
  const values = [1, 2, null, 3, undefined, null, 4, undefined, 5]
  expect(pointsToDraw(values, 0, values.length - 1, 10)).toEqual([3])
})

test('only what is in sight counts', () => {
  expect(pointsToDraw([1, 2, 3], 1, 1, 300)).toEqual([1])
  expect(pointsToDraw([], 0, -1, 300)).toEqual([])
})
