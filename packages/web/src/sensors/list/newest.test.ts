import { expect, it } from 'vitest'
import { newest } from './newest.ts'

const fields = {
  cam1: { type: 'image', unit: '' },
  temp: { type: 'scalar', unit: 'celsius' },
  cam2: { type: 'image', unit: '' },
  door: { type: 'boolean', unit: '' },
} as const

it('picks the newest of several pictures', () => {
  const latest = { cam1: { timestamp: 5, value: 'a' }, cam2: { timestamp: 7, value: 'b' } }
  expect(newest({ fields, latest }).picture?.value).toBe('b')
})

it('keeps the other readings in the order of the fields, without those that have no value', () => {
  const latest = { door: { timestamp: 3, value: false }, temp: { timestamp: 9, value: 21 } }
  const { readings, timestamp } = newest({ fields, latest })
  expect(readings.map(({ name }) => name)).toEqual(['temp', 'door'])
  expect(timestamp).toBe(9)
})

it('has no time before the first measurement', () => {
  expect(newest({ fields, latest: {} })).toEqual({ timestamp: null, picture: null, readings: [] })
})
