import { expect, test } from 'vitest'
import { hold } from './use-held.ts'

const [old, other, newer] = [{ at: 1 }, { at: 2 }, { at: 3 }]

test('keeps the last answer of a sensor while the next is on its way, and lets go of sensors that went', () => {
  const held = hold({}, { a: old, b: other })
  expect(hold(held, { a: undefined, b: other })).toBe(held)
  expect(hold(held, { a: newer, b: undefined })).toEqual({ a: newer, b: other })
  expect(hold(held, { b: undefined })).toEqual({ b: other })
})
