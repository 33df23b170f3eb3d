import type { FieldSeriesJson } from '@senio/protocol/api'
import { expect, test } from 'vitest'
import { stateSpans, timeOn } from './state-spans.ts'

function raw(t: number[], value: boolean[]): FieldSeriesJson {
  return { type: 'boolean', unit: '', bucket: 0, t, value }
}

test('a state lasts until the next value, the newest one until now', () => {
  expect(stateSpans(raw([10, 20, 30], [true, true, false]), null, 50, 0)).toEqual([
    { from: 10, to: 30, on: 1 },
    { from: 30, to: 50, on: 0 },
  ])
})

test('the state before the first value is carried into the range', () => {
  expect(stateSpans(raw([10], [false]), true, 50, 0)[0]).toEqual({ from: 0, to: 10, on: 1 })
  expect(stateSpans(raw([], []), true, 50, 0)).toEqual([{ from: 0, to: 50, on: 1 }])
  expect(stateSpans(raw([], []), null, 50, 0)).toEqual([])
})

test('a bucket says which share of its time was on, and its last state goes on until the next', () => {
  const field: FieldSeriesJson = {
    type: 'boolean',
    unit: '',
    bucket: 10,
    t: [0, 10, 40],
    min: [1, 0, 0],
    mean: [1, 0.25, 0],
    max: [1, 1, 0],
    count: [2, 1, 1],
  }
  expect(stateSpans(field, null, 50, 0)).toEqual([
    { from: 0, to: 10, on: 1 },
    { from: 10, to: 20, on: 0.25 },
    { from: 20, to: 50, on: 0 },
  ])
})

test('where the last state of a bucket is not known, its share goes on', () => {
  const field: FieldSeriesJson = {
    type: 'boolean',
    unit: '',
    bucket: 10,
    t: [0],
    min: [0],
    mean: [0.5],
    max: [1],
    count: [4],
  }
  expect(stateSpans(field, null, 50, 0)).toEqual([{ from: 0, to: 50, on: 0.5 }])
})

test('counts the time on within a range', () => {
  const spans = stateSpans(raw([0, 10], [true, false]), null, 20, 0)
  expect(timeOn(spans, 5, 20)).toEqual({ on: 5, known: 15 })
  expect(timeOn(spans, 5, 99)).toEqual({ on: 5, known: 15 })
})
