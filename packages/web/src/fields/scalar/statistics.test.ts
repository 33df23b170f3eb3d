import type { FieldSeriesJson } from '@senio/protocol/api'
import { expect, test } from 'vitest'
import { statisticsOf } from './statistics.ts'

test('of buckets, each counts as many times as it has values', () => {
  const series: FieldSeriesJson = {
    type: 'scalar',
    unit: '',
    bucket: 10,
    t: [0, 10, 20],
    min: [1, 0, 99],
    mean: [2, 8, 99],
    max: [3, 9, 99],
    count: [3, 1, 1],
  }
  expect(statisticsOf(series, (t) => t < 20)).toEqual({
    count: 4,
    min: 0,
    minAt: 10,
    mean: 3.5,
    max: 9,
    maxAt: 10,
  })
})

test('of nothing there are none', () => {
  expect(statisticsOf(undefined, () => true)).toBeNull()
  expect(statisticsOf({ type: 'scalar', unit: '', bucket: 0, t: [1], value: [1] }, () => false)).toBeNull()
})
