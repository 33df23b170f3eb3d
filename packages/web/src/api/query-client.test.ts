import { expect, it } from 'vitest'
import { keepEqual } from './query-client.ts'

it('keeps the object of an answer that is the same', () => {
  const before = { fields: { a: 1, b: 2 } }
  expect(keepEqual(before, { fields: { a: 1, b: 2 } })).toBe(before)
})

it('takes the new answer when only the order of the fields differs', () => {
  const now = { fields: { b: 2, a: 1 } }
  expect(keepEqual({ fields: { a: 1, b: 2 } }, now)).toBe(now)
})

it('takes the first answer', () => {
  const now = { a: 1 }
  expect(keepEqual(undefined, now)).toBe(now)
})
