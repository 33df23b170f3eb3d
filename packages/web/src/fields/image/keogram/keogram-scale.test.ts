import { DAY, HOUR, MINUTE } from '@senio/protocol'
import { describe, expect, it } from 'vitest'
import { rangeOf } from '../../../timeline/range.ts'
import { keogramScale, tilesIn, usualInterval } from './keogram-scale.ts'

const start = Date.UTC(2026, 10, 23)

describe('the usual interval', () => {
  it('is that between pictures, whatever the nights are like', () => {
    const days = [0, 1, 2].flatMap((day) => Array.from({ length: 20 }, (_, i) => day * DAY + i * MINUTE))
    expect(usualInterval(days)).toBe(MINUTE)
  })
  it("isn't known of one picture", () => {
    expect(usualInterval([start])).toBeNull()
    expect(usualInterval([])).toBeNull()
  })
})

describe('the scale', () => {
  it('is a power of two, and about a pixel', () => {
    for (let span = MINUTE as number; span < 3000 * DAY; span *= 1.7) {
      const scale = keogramScale(rangeOf(start, start + span), 1000, null)
      expect(Number.isInteger(Math.log2(scale))).toBe(true)
      expect(scale).toBeGreaterThan(0.69 * Math.min(1, span / 1000) * (span / 1000))
      expect(scale).toBeLessThan(Math.max(1.01, (span / 1000) * 1.42))
    }
  })
  it('leaves no column without a picture', () => {
    expect(keogramScale(rangeOf(start, start + HOUR), 1000, MINUTE)).toBe(65_536)
    expect(keogramScale(rangeOf(start, start + HOUR), 1000, 65_536)).toBe(65_536)
  })
})

describe('tiles', () => {
  it('cover the range, each once', () => {
    const range = rangeOf(start, start + DAY)
    const tiles = tilesIn(range, 65_536, { ...range })
    expect(tiles[0]?.range.from).toBeLessThanOrEqual(range.from)
    expect(tiles.at(-1)?.range.to).toBeGreaterThanOrEqual(range.to)
    expect(tiles.slice(1).map(({ range: { from } }) => from)).toEqual(
      tiles.slice(0, -1).map(({ range: { to } }) => to),
    )
    expect(tiles.length).toBeLessThan(8)
  })
  it('are none where there are no pictures', () => {
    expect(tilesIn(rangeOf(start, start + DAY), 65_536, rangeOf(start - 9 * DAY, start - DAY))).toEqual([])
    const known = rangeOf(start + HOUR, start + 2 * HOUR)
    expect(tilesIn(rangeOf(start, start + DAY), 65_536, known).length).toBeLessThanOrEqual(2)
  })
})
