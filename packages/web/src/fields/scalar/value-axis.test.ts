import { expect, test } from 'vitest'
import { niceStep, valueRange } from './value-axis.ts'

test('steps are 1, 2 or 5 of a power of ten', () => {
  expect([0.3, 1, 1.1, 3, 7, 1200].map(niceStep)).toEqual([0.5, 1, 2, 5, 10, 2000])
})

test('the axis leaves room around the values', () => {
  const [low, high] = valueRange(10, 20)
  expect(low).toBeLessThan(10)
  expect(high).toBeGreaterThan(20)
})

test('values that are never negative stand on zero', () => {
  expect(valueRange(0, 5)[0]).toBe(0)
  expect(valueRange(-5, 0)[1]).toBe(0)
})

test('one value, none, and the largest numbers have an axis, too', () => {
  for (const [min, max] of [
    [22, 22],
    [0, 0],
    [null, null],
    [-1e300, 1e300],
    [5e-324, 5e-324],
  ] as const) {
    const [low, high] = valueRange(min, max)
    expect(high).toBeGreaterThan(low)
    expect(Number.isFinite(high - low)).toBe(true)
  }
})
