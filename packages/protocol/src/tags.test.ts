import { expect, it } from 'vitest'
import { MAX_TAGS, parseTags, tagWords } from './tags.ts'

it('gives tags back as sent', () => {
  expect(parseTags(undefined)).toBeNull()
  expect(parseTags(null)).toBeNull()
  expect(parseTags(['a', 'a'])).toEqual(['a', 'a'])
  expect(parseTags({ site: 'north', n: 3, ok: true })).toEqual({ site: 'north', n: 3, ok: true })
})

it.each([
  3,
  'x',
  [1],
  [['a']],
  { a: null },
  { a: [] },
  Array(MAX_TAGS + 1).fill('x'),
  ['x'.repeat(257)],
  ['\0'],
])('refuses %j', (json) => {
  expect(() => parseTags(json)).toThrow(/Tags were refused/)
})

it('counts characters as names do, in UTF-16 units, and says so', () => {
  const most = '🌱'.repeat(128)
  expect(parseTags([most])).toEqual([most])
  expect(() => parseTags([`${most}x`])).toThrow('emoji')
})

it('lets a measurement be found by each word, once', () => {
  expect(tagWords(null)).toEqual([])
  expect(tagWords(['a', 'b', 'a'])).toEqual(['a', 'b'])
  expect(tagWords({ site: 'north', ok: true })).toEqual(['site', 'site:north', 'ok', 'ok:true'])
})
