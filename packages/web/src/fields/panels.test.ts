import { expect, test } from 'vitest'
import { panelsOf } from './panels.ts'

test('numbers of one unit share a panel, everything else has its own; graphs come first', () => {
  const panels = panelsOf({
    cam1: { type: 'image', unit: '' },
    temp: { type: 'scalar', unit: 'celsius' },
    humidity: { type: 'scalar', unit: 'relative %' },
    outside: { type: 'scalar', unit: '°C' },
    cam2: { type: 'image', unit: '' },
    door: { type: 'boolean', unit: '' },
  })
  expect(panels.map(({ fields }) => fields.map(({ name }) => name))).toEqual([
    ['temp', 'outside'],
    ['humidity'],
    ['door'],
    ['cam1'],
    ['cam2'],
  ])
})

test('fields have different colours while there are enough', () => {
  const fields = Object.fromEntries(
    Array.from({ length: 8 }, (_, i) => [`f${i}`, { type: 'scalar', unit: '' } as const]),
  )
  const colors = panelsOf(fields).flatMap((panel) => panel.fields.map(({ color }) => color))
  expect(new Set(colors).size).toBe(8)
})
