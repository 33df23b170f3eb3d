import { expect, it } from 'vitest'
import { nearestWord } from './nearest-word.ts'

const KNOWN = ['serve', 'publish', 'sensor', 'user', 'key', 'view', 'help']

it.each([
  ['sensr', 'sensor'],
  ['sensors', 'sensor'],
  ['pubilsh', 'publish'],
  ['sevre', 'serve'],
  ['kye', null],
  ['kei', 'key'],
  ['frobnicate', null],
  ['', null],
])('for "%s" it is %j', (word, nearest) => {
  expect(nearestWord(word, KNOWN)).toBe(nearest)
})
