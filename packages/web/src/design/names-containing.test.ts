import { expect, it } from 'vitest'
import { namesContaining } from './names-containing.ts'

const sensors = [{ name: 'Gewächshaus' }, { name: 'river-gauge' }, { name: 'River cam' }]

it('finds names whatever the case', () => {
  expect(namesContaining(sensors, 'RIVER').map(({ name }) => name)).toEqual(['river-gauge', 'River cam'])
})

it('finds accented letters by plain ones', () => {
  expect(namesContaining(sensors, 'gewachs').map(({ name }) => name)).toEqual(['Gewächshaus'])
})

it('finds everything while nothing is typed', () => {
  expect(namesContaining(sensors, '  ')).toEqual(sensors)
})
