import { expect, test } from 'vitest'
import { fieldsOfPanels, type Panel, panelsOfSensor, panelsOfView } from './panels.ts'

const scalar = (unit: string) => ({ type: 'scalar', unit }) as const
const image = { type: 'image', unit: '' } as const

const house = {
  name: 'house',
  fields: { cam1: image, temp: scalar('celsius'), humidity: scalar('relative %') },
}
const yard = { name: 'yard', fields: { temp: scalar('°C'), cam1: image } }

function namesOf(panels: readonly Panel[]): readonly string[][] {
  return panels.flatMap(({ tracks }) => tracks.map(({ fields }) => fields.map(({ label }) => label)))
}

test('numbers of one unit of a sensor share a panel, everything else has its own; graphs come first', () => {
  const panels = panelsOfSensor({
    name: 'rpi',
    fields: {
      cam1: image,
      temp: scalar('celsius'),
      humidity: scalar('relative %'),
      outside: scalar('°C'),
      cam2: image,
      door: { type: 'boolean', unit: '' },
    },
  })
  expect(namesOf(panels)).toEqual([['temp', 'outside'], ['humidity'], ['door'], ['cam1'], ['cam2']])
})

test('fields have different colours while there are enough, and the same one wherever they stand', () => {
  const fields = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`f${i}`, scalar('')] as const))
  const panels = panelsOfSensor({ name: 'rpi', fields })
  expect(new Set(fieldsOfPanels(panels).map(({ color }) => color)).size).toBe(8)
  const both = { columns: 12, rows: 4, fields: [{ sensor: 'rpi', field: 'f0' }] }
  const twice = panelsOfView([both, both], [{ name: 'rpi', fields }])
  expect(twice[0]?.tracks[0]?.fields[0].color).toBe(twice[1]?.tracks[0]?.fields[0].color)
})

test('a panel of a view keeps its order, and says whose its fields are where several sensors are shown', () => {
  const fields = [
    { sensor: 'yard', field: 'temp' },
    { sensor: 'house', field: 'temp' },
    { sensor: 'house', field: 'cam1' },
  ]
  const several = panelsOfView([{ columns: 6, rows: 3, fields }], [house, yard])
  expect(namesOf(several)).toEqual([['yard · temp', 'house · temp'], ['house · cam1']])
  const one = panelsOfView([{ columns: 12, rows: 3, fields: fields.slice(1) }], [house])
  expect(namesOf(one)).toEqual([['temp'], ['cam1']])
})

test('what was deleted is missing, and the rest of its panel is shown', () => {
  const fields = [
    { sensor: 'gone', field: 'temp' },
    { sensor: 'house', field: 'wind' },
    { sensor: 'house', field: 'temp' },
  ]
  const [panel] = panelsOfView([{ columns: 12, rows: 4, fields }], [house])
  expect(panel?.missing).toEqual(fields.slice(0, 2))
  expect(panel?.tracks.map(({ fields: [first] }) => first.name)).toEqual(['temp'])
})
