import type { FieldSeriesJson } from '@senio/protocol/api'
import { expect, test } from 'vitest'
import { numberAt } from './reading.ts'

const raw: FieldSeriesJson = { type: 'scalar', unit: '', bucket: 0, t: [10, 20], value: [1, 2] }
const buckets: FieldSeriesJson = {
  type: 'scalar',
  unit: '',
  bucket: 10,
  t: [10, 20],
  min: [1, 5],
  mean: [2, 5],
  max: [3, 5],
  count: [2, 1],
}

const eight = () => 8
const forty = () => 40

test('a value holds until the next one, but not for fresh', () => {
  expect(numberAt(raw, eight, 9)).toBeNull()
  expect(numberAt(raw, eight, 19.9)).toMatchObject({ t: 10, value: 1, isFresh: false })
  expect(numberAt(raw, eight, 20)).toEqual({ t: 20, value: 2, spread: null, isFresh: true })
})

test('a bucket stands in its middle and says how far its values spread', () => {
  expect(numberAt(buckets, forty, 11)).toEqual({ t: 15, value: 2, spread: { min: 1, max: 3 }, isFresh: true })
  expect(numberAt(buckets, forty, 29)?.spread).toBeNull()
})
