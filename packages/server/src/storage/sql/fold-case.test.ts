import { expect, test } from 'vitest'
import { containsPattern, foldCase } from './fold-case.ts'

test.each([
  ['Gewächshaus', 'GEWÄCHSHAUS'],
  ['Straße', 'STRASSE'],
  ['ΟΔΟΣ', 'οδος'],
  ['ΟΔΟΣ', 'οδοσ'],
  ['Хозяйка', 'ХОЗЯЙКА'],
  ['e\u0301', 'É'],
])('%s and %s are the same whatever the case', (one, other) => {
  expect(foldCase(one)).toBe(foldCase(other))
})

test('letters that differ by more than their case stay different', () => {
  expect(foldCase('a')).not.toBe(foldCase('ä'))
})

test('a pattern means nothing but itself', () => {
  expect(containsPattern(String.raw`50%_\x`)).toBe(String.raw`%50\%\_\\x%`)
})
