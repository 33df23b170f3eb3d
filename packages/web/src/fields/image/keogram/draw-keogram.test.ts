import { expect, it } from 'vitest'
import { rangeOf } from '../../../timeline/range.ts'
import { type LoadedTile, overlap, standIns } from './draw-keogram.ts'

function tile(msPerColumn: number, index: number): LoadedTile {
  const width = msPerColumn * 256
  const range = rangeOf(index * width, (index + 1) * width)
  return { msPerColumn, index, range, picture: {} as ImageBitmap }
}

it('tiles of the scales closest to one that is missing stand in for it, on top of others', () => {
  const missing = tile(1024, 8)
  const loaded = [tile(512, 16), tile(4096, 2), tile(512, 17), tile(512, 18), tile(2048, 4), tile(1024, 7)]
  expect(standIns(missing, loaded).map(({ msPerColumn, index }) => [msPerColumn, index])).toEqual([
    [4096, 2],
    [2048, 4],
    [512, 16],
    [512, 17],
  ])
})

it('what only touches does not overlap', () => {
  expect(overlap(rangeOf(0, 1000), rangeOf(1000, 2000))).toBe(false)
  expect(overlap(rangeOf(0, 1001), rangeOf(1000, 2000))).toBe(true)
})
