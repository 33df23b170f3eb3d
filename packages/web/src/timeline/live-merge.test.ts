import type { FieldSeriesJson } from '@senio/protocol/api'
import { describe, expect, test } from 'vitest'
import { mergeLive } from './live-merge.ts'

const raw: FieldSeriesJson = { type: 'scalar', unit: '', bucket: 0, t: [10, 30], value: [1, 3] }
const buckets: FieldSeriesJson = {
  type: 'scalar',
  unit: '',
  bucket: 10,
  t: [0, 20],
  min: [1, 4],
  mean: [2, 4],
  max: [3, 4],
  count: [2, 1],
}

function merged(field: FieldSeriesJson, timestamp: number, value: number) {
  const series = { from: 0, to: 100, fields: { temp: field } }
  return mergeLive(series, { timestamp, data: { temp: value }, tags: null }).fields['temp']
}

describe('raw values', () => {
  test('a new value comes at its place in time', () => {
    expect(merged(raw, 40, 4)).toMatchObject({ t: [10, 30, 40], value: [1, 3, 4] })
    expect(merged(raw, 20, 2)).toMatchObject({ t: [10, 20, 30], value: [1, 2, 3] })
  })
  test('a value at the same instant replaces the old one', () => {
    expect(merged(raw, 30, 9)).toMatchObject({ t: [10, 30], value: [1, 9] })
  })
})

describe('buckets', () => {
  test('take a new value into their statistics', () => {
    expect(merged(buckets, 9.5, 8)).toMatchObject({ t: [0, 20], min: [1, 4], mean: [4, 4], max: [8, 4] })
    expect(merged(buckets, 9.5, 8)?.count).toEqual([3, 1])
  })
  test('of states say the share of the time, as if the new one lasted', () => {
    const door: FieldSeriesJson = { ...buckets, type: 'boolean', min: [0, 0], mean: [0, 0], max: [0, 0] }
    const series = { from: 0, to: 100, fields: { door } }
    const next = mergeLive(series, { timestamp: 6, data: { door: true }, tags: null })
    expect(next.fields['door']).toMatchObject({ min: [0, 0], mean: [0.4, 0], max: [1, 0], count: [3, 1] })
  })
  test('are added where none was', () => {
    expect(merged(buckets, 15, 5)).toMatchObject({ t: [0, 10, 20], min: [1, 5, 4], count: [2, 1, 1] })
  })
  test('of places hold the last one', () => {
    const place: FieldSeriesJson = {
      type: 'location',
      unit: '',
      bucket: 10,
      t: [0],
      value: [{ lat: 0, lon: 0 }],
      count: [1],
    }
    const series = { from: 0, to: 100, fields: { place } }
    const next = mergeLive(series, { timestamp: 5, data: { place: { lat: 1, lon: 1 } }, tags: null })
    expect(next.fields['place']).toMatchObject({ t: [0], value: [{ lat: 1, lon: 1 }], count: [2] })
  })
})

test('what lies outside of the range or belongs to other fields changes nothing', () => {
  const series = { from: 0, to: 100, fields: { temp: raw } }
  expect(mergeLive(series, { timestamp: 100, data: { temp: 1 }, tags: null })).toBe(series)
  expect(mergeLive(series, { timestamp: 50, data: { other: 1 }, tags: null })).toBe(series)
})
