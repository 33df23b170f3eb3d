import { expect, test } from 'vitest'
import { isValidAt, mergeLatest } from './instant.ts'

const latest = { t: 10, fields: { temp: { timestamp: 8, value: 1 }, door: { timestamp: 10, value: true } } }

test('a new measurement replaces the values of its fields', () => {
  const next = mergeLatest(latest, { timestamp: 12, data: { temp: 2 }, tags: null })
  expect(next).toEqual({
    t: 12,
    fields: { temp: { timestamp: 12, value: 2 }, door: { timestamp: 10, value: true } },
  })
})

test('a late one does not', () => {
  expect(mergeLatest(latest, { timestamp: 5, data: { temp: 2 }, tags: null }).fields.temp?.value).toBe(1)
})

test('values are those of an instant when none is later', () => {
  expect(isValidAt(latest, 10)).toBe(true)
  expect(isValidAt(latest, 9)).toBe(false)
})
