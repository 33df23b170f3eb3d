import { expect, test } from 'vitest'
import { sparkPath } from './spark-path.ts'

const raw = (t: readonly number[], value: readonly number[]) => ({
  type: 'scalar' as const,
  unit: '',
  bucket: 0,
  t: [...t],
  value: [...value],
})

test('draws the greatest value on top and the range from edge to edge', () => {
  expect(sparkPath(raw([0, 50, 100], [1, 3, 2]), { from: 0, to: 100 })).toBe('M0 100L50 0L100 50')
})

test('a curve that never changes lies in the middle, and one without values is empty', () => {
  expect(sparkPath(raw([0, 100], [7, 7]), { from: 0, to: 100 })).toBe('M0 50L100 50')
  expect(sparkPath(raw([], []), { from: 0, to: 100 })).toBe('')
})

test('a gap is not bridged', () => {
  const t = [0, 5, 10, 15, 20, 25, 80, 85, 90]
  const path = sparkPath(raw(t, t), { from: 0, to: 100 })
  expect(path.match(/M/g)).toHaveLength(2)
})
