import type { FieldSeriesJson } from '@senio/protocol/api'
import { expect, test } from 'vitest'
import { carriedStates } from './carried-states.ts'

function buckets(states: readonly (readonly [min: number, max: number, count: number])[]): FieldSeriesJson {
  return {
    type: 'boolean',
    unit: '',
    bucket: 10,
    t: states.map((_, index) => index * 20),
    min: states.map(([min]) => min),
    mean: states.map(([min, max]) => (min + max) / 2),
    max: states.map(([, max]) => max),
    count: states.map(([, , count]) => count),
  }
}

test('a bucket of one state begins and ends with it', () => {
  expect(carriedStates(buckets([[1, 1, 3]]), null)).toEqual([{ first: true, last: true }])
})

test('single changes are followed from the state before', () => {
  const series = buckets([
    [0, 1, 1],
    [0, 1, 1],
  ])
  expect(carriedStates(series, false)).toEqual([
    { first: false, last: true },
    { first: true, last: false },
  ])
})

test('and back from a state that is known later', () => {
  const series = buckets([
    [0, 1, 1],
    [0, 1, 1],
    [1, 1, 2],
  ])
  expect(carriedStates(series, null).slice(0, 2)).toEqual([
    { first: true, last: false },
    { first: false, last: true },
  ])
})

test('how many changes ended is not guessed', () => {
  const series = buckets([
    [0, 1, 5],
    [0, 1, 4],
  ])
  expect(carriedStates(series, false)).toEqual([
    { first: false, last: null },
    { first: null, last: null },
  ])
})
