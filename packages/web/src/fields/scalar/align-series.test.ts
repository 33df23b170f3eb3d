import type { FieldSeriesJson } from '@senio/protocol/api'
import { expect, test } from 'vitest'
import { alignSeries } from './align-series.ts'

function raw(t: number[], value: number[]): FieldSeriesJson {
  return { type: 'scalar', unit: '', bucket: 0, t, value }
}

test('fields measured at other instants keep their lines', () => {
  const { t, fields } = alignSeries([raw([0, 10, 20], [1, 2, 3]), raw([5, 15], [7, 8])])
  expect(t).toEqual([0, 5, 10, 15, 20])
  expect(fields[0]?.mean).toEqual([1, undefined, 2, undefined, 3])
  expect(fields[1]?.mean).toEqual([undefined, 7, undefined, 8, undefined])
})

test('a gap ends the line of its field only, over all that others measured in it', () => {
  const { t, fields } = alignSeries([
    raw([0, 1, 2, 3, 100, 101], [1, 1, 1, 1, 1, 1]),
    raw([0, 50, 70, 101], [5, 5, 5, 5]),
  ])
  const gap = t.filter((_, index) => fields[0]?.mean[index] === null)
  expect(gap).toEqual([50, 51.5, 70])
  expect(fields[1]?.mean.includes(null)).toBe(false)
})

test('buckets stand in their middle, with what they summarise', () => {
  const field: FieldSeriesJson = {
    type: 'scalar',
    unit: '',
    bucket: 10,
    t: [0, 10],
    min: [1, 2],
    mean: [2, 3],
    max: [3, 9],
    count: [4, 4],
  }
  const { t, fields } = alignSeries([field])
  expect(t).toEqual([5, 15])
  expect(fields[0]).toEqual({ min: [1, 2], mean: [2, 3], max: [3, 9] })
})

test('the largest numbers are drawn at the edge of what can be drawn', () => {
  const mean = alignSeries([raw([0, 1], [1e308, -1e308])]).fields[0]?.mean ?? []
  expect(Number.isFinite(Number(mean[0]) - Number(mean[1]))).toBe(true)
})

test('a field without data is an empty column', () => {
  const { t, fields } = alignSeries([raw([1], [1]), undefined])
  expect(t).toEqual([1])
  expect(fields[1]?.mean).toEqual([undefined])
})
