import { expect, it } from 'vitest'
import { keogramTileRange } from './keogram.ts'

it('tiles of a scale follow each other from the epoch on, and two make one of the next scale', () => {
  expect(keogramTileRange(1024, 0)).toEqual({ from: 0, to: 262_144 })
  expect(keogramTileRange(1024, 1)).toEqual({ from: 262_144, to: 524_288 })
  expect(keogramTileRange(2048, 0)).toEqual({ from: 0, to: 524_288 })
})

it.each([
  [1000, 0],
  [0, 0],
  [0.5, 0],
  [-2, 0],
  [2 ** 37, 0],
  [Number.NaN, 0],
  [1024, -1],
  [1024, 0.5],
  [2 ** 36, 2 ** 40],
])('there is no tile of %d ms a column with the index %d', (msPerColumn, index) => {
  expect(keogramTileRange(msPerColumn, index)).toBeNull()
})
