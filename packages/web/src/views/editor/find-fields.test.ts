import { expect, test } from 'vitest'
import { findFields } from './find-fields.ts'

const scalar = { type: 'scalar', unit: '' } as const
const sensors = [
  { name: 'Glashaus', fields: { temp: scalar, feuchte: scalar } },
  { name: 'yard', fields: { temp: scalar, Tür: scalar } },
]

function found(typed: string) {
  return findFields(sensors, typed).map(({ sensor, fields }) => [sensor.name, ...fields])
}

test('finds fields by their name and by that of their sensor, each word for itself', () => {
  expect(found('')).toEqual([
    ['Glashaus', 'temp', 'feuchte'],
    ['yard', 'temp', 'Tür'],
  ])
  expect(found('TEMP')).toEqual([
    ['Glashaus', 'temp'],
    ['yard', 'temp'],
  ])
  expect(found('temp yar')).toEqual([['yard', 'temp']])
  expect(found('tur')).toEqual([['yard', 'Tür']])
  expect(found('nothing')).toEqual([])
})
