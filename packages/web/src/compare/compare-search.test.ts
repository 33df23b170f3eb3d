import { expect, test } from 'vitest'
import { parseCompare } from './compare-search.ts'

test('an address tells the other instant and how to compare', () => {
  expect(parseCompare({ compare: 5, how: 'difference' })).toEqual({ t: 5, how: 'difference' })
  expect(parseCompare({ compare: '5' })).toEqual({ t: 5, how: 'slider' })
})

test('nonsense compares nothing', () => {
  for (const compare of [undefined, '', 'x', {}, Number.NaN]) expect(parseCompare({ compare })).toBeNull()
})
