import type { ImageJson } from '@senio/protocol/api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shownZone } from '../timeline/zone.ts'
import { galleryRows, keyTarget, rowOf } from './gallery-rows.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 5, 1, 20)

beforeEach(() => shownZone.set('UTC'))
afterEach(() => shownZone.set(null))

describe('the rows of a gallery', () => {
  it('hold the pictures side by side, and begin anew each day', () => {
    const rows = galleryRows(hourly(7), 3)
    expect(rows.map((row) => (row.kind === 'day' ? row.t : row.pictures.length))).toEqual([
      START,
      3,
      1,
      START + 4 * HOUR,
      3,
    ])
  })

  it('are none without pictures', () => {
    expect(galleryRows([], 3)).toEqual([])
  })

  it('tell where a picture is', () => {
    const rows = galleryRows(hourly(7), 3)
    expect([0, 3, 4, 7].map((index) => rowOf(rows, index))).toEqual([1, 2, 4, -1])
  })
})

describe('the keys of a gallery', () => {
  // 0 1 2 / 3 // 4 5 6
  const rows = galleryRows(hourly(7), 3)

  it.each([
    ['ArrowRight', 2, 3],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 3],
    ['ArrowDown', 3, 4],
    ['ArrowUp', 5, 3],
    ['PageDown', 0, 4],
    ['End', 1, 6],
    ['Home', 5, 0],
  ])('%s leads from %i to %i', (key, from, to) => {
    expect(keyTarget(key, from, rows, 7)).toBe(to)
  })

  it('leave other keys to the browser', () => {
    expect(keyTarget('a', 0, rows, 7)).toBeNull()
  })
})

function hourly(count: number): ImageJson[] {
  return Array.from({ length: count }, (_, i) => ({
    timestamp: START + i * HOUR,
    image: 'ab',
    type: 'image/jpeg',
    width: 4,
    height: 3,
    bytes: 1,
    damaged: false,
  }))
}
