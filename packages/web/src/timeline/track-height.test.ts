import { expect, test } from 'vitest'
import { trackHeight } from './track-height.ts'

test('one graph takes the room, many share it, none becomes too low', () => {
  const screen = { width: 1280, height: 900 }
  const one = trackHeight(screen, { graphs: 1, others: 0 })
  const two = trackHeight(screen, { graphs: 2, others: 2 })
  expect(one).toBeGreaterThan(two)
  expect(trackHeight(screen, { graphs: 12, others: 5 })).toBe(120)
})

test('phones keep graphs wider than high', () => {
  expect(trackHeight({ width: 360, height: 2000 }, { graphs: 1, others: 0 })).toBe(151)
})
