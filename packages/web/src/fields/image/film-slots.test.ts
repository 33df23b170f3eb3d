import { DAY, HOUR } from '@senio/protocol'
import type { ImageJson } from '@senio/protocol/api'
import { describe, expect, test } from 'vitest'
import { pan, rangeOf } from '../../timeline/range.ts'
import { filmGrid, frameAt, framesOf, mergePictures } from './film-slots.ts'

const start = Date.UTC(2026, 10, 23)

function picture(timestamp: number, image = 'a'): ImageJson {
  return { timestamp, image, type: 'image/jpeg', width: 4, height: 3, bytes: 1, damaged: false }
}

describe('the grid', () => {
  test('has slots between once and one and a half times the wished width', () => {
    for (let span = HOUR as number; span < 4000 * DAY; span *= 1.3) {
      const grid = filmGrid(rangeOf(start, start + span), 1000, 100)
      const width = (grid.slot / span) * 1000
      expect(width).toBeGreaterThanOrEqual(99.9)
      expect(width).toBeLessThan(150)
    }
  })
  test('covers the range and asks for whole slots', () => {
    const range = rangeOf(start, start + DAY)
    const grid = filmGrid(range, 1000, 100)
    expect(grid.from).toBeLessThan(range.from)
    expect(grid.to).toBeGreaterThan(range.to)
    expect((grid.to - grid.from) / grid.slot).toBeCloseTo(grid.count / 2)
    expect(grid.count).toBeLessThan(60)
  })
  test('stays the same while the range moves a little', () => {
    const range = rangeOf(start, start + DAY)
    const grids = Array.from({ length: 20 }, (_, i) => filmGrid(pan(range, i * 60_000), 1000, 100).from)
    expect(new Set(grids).size).toBeLessThanOrEqual(2)
  })
})

describe('frames', () => {
  const grid = { slot: 10, from: 0, to: 50, count: 10 }
  test('show the picture nearest to their middle; gaps stay empty', () => {
    const frames = framesOf([picture(1), picture(2), picture(28), picture(31), picture(40)], grid)
    expect(frames.map(({ picture: { timestamp }, from, to }) => [timestamp, from, to])).toEqual([
      [1, -5, 5],
      [31, 25, 35],
      [40, 35, 45],
    ])
  })
  test('are at most half a slot away from when their pictures were taken', () => {
    const pictures = Array.from({ length: 37 }, (_, i) => picture(i * i * 0.035 + 0.3))
    for (const { picture: shown, from, to } of framesOf(pictures, grid)) {
      expect(shown.timestamp).toBeGreaterThanOrEqual(from)
      expect(shown.timestamp).toBeLessThanOrEqual(to)
    }
  })
  test('the newest picture is always seen', () => {
    expect(framesOf([picture(31), picture(33), picture(34)], grid).at(-1)?.picture.timestamp).toBe(34)
  })
  test('are found by an instant, or the one before a gap', () => {
    const frames = framesOf([picture(10), picture(40)], grid)
    expect([4, 5, 30, 36].map((t) => frameAt(frames, t))).toEqual([-1, 0, 0, 1])
  })
})

test('pictures from two answers are put in order, each once', () => {
  const merged = mergePictures([picture(1), picture(5, 'old')], [picture(5, 'new'), picture(3)])
  expect(merged.map(({ timestamp, image }) => [timestamp, image])).toEqual([
    [1, 'a'],
    [3, 'a'],
    [5, 'new'],
  ])
})
