import { expect, test } from 'vitest'
import { parseFieldOption } from './parse-field.ts'

test.each([
  ['temp:scalar:celsius', { name: 'temp', type: 'scalar', unit: 'celsius' }],
  ['cam1:image', { name: 'cam1', type: 'image', unit: '' }],
  ['ratio:scalar:a:b', { name: 'ratio', type: 'scalar', unit: 'a:b' }],
  ['air humidity:scalar:relative %', { name: 'air humidity', type: 'scalar', unit: 'relative %' }],
])('"%s" is a field', (text, field) => {
  expect(parseFieldOption(text)).toEqual(field)
})

test.each(['', 'temp', 'temp:', 'temp:number', 'temp=scalar'])('"%s" is refused with an example', (text) => {
  expect(() => parseFieldOption(text)).toThrow(/temp:scalar:celsius/)
})
