import { expect, test } from 'vitest'
import { extentOf } from './extent.ts'

test('reaches from the oldest value of any sensor to the newest of any', () => {
  expect(
    extentOf([
      { first: 5, last: 9 },
      { first: null, last: null },
      { first: 7, last: 20 },
    ]),
  ).toEqual({ first: 5, last: 20 })
  expect(extentOf([{ first: null, last: null }])).toEqual({ first: null, last: null })
  expect(extentOf([])).toEqual({ first: null, last: null })
})
