import { DAY, HOUR, MINUTE } from '@senio/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rangeOf } from '../../../timeline/range.ts'
import { shownZone } from '../../../timeline/zone.ts'
import { parsePick, picked, slicesFor } from './pick.ts'

beforeEach(() => shownZone.set('Europe/Berlin'))
afterEach(() => shownZone.set(null))

const midnight = Date.parse('2026-06-01T00:00:00+02:00')

/** A picture every half hour of two days. */
const pictures = Array.from({ length: 96 }, (_, i) => ({ timestamp: midnight + i * 30 * MINUTE }))

function hoursOf(found: readonly { readonly timestamp: number }[]): number[] {
  return found.map(({ timestamp }) => (timestamp - midnight) / HOUR)
}

test('only hours of the day, over midnight, too', () => {
  const day = picked(pictures, { kind: 'hours', from: 10 * 60, to: 11 * 60 })
  expect(hoursOf(day)).toEqual([10, 10.5, 11, 34, 34.5, 35])
  const night = picked(pictures, { kind: 'hours', from: 23 * 60, to: 30 })
  expect(hoursOf(night)).toEqual([0, 0.5, 23, 23.5, 24, 24.5, 47, 47.5])
})

test('one a day, at or after its time, but not much later', () => {
  expect(hoursOf(picked(pictures, { kind: 'daily', at: 12 * 60 + 10 }))).toEqual([12.5, 36.5])
  const late = [{ timestamp: midnight + 9 * HOUR }]
  expect(picked(late, { kind: 'daily', at: 5 * 60 })).toEqual([])
})

test('asks for a slice a day that begins at the time of day, across changes of the clocks', () => {
  const start = Date.parse('2026-03-20T00:00:00+01:00')
  const slices = slicesFor(rangeOf(start, start + 20 * DAY), { kind: 'daily', at: 12 * 60 })
  expect(slices.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(20)
  const summer = slices.at(-1)
  expect(new Date(summer?.from ?? 0).toISOString()).toMatch(/T10:00/)
  for (const { from, to, count } of slices) expect(to - from).toBe(count * DAY)
})

test('asks for all of a range in parts', () => {
  const parts = slicesFor(rangeOf(0, 3000), { kind: 'all' })
  expect(parts.map(({ from, to }) => [from, to])).toEqual([
    [0, 1000],
    [1000, 2000],
    [2000, 3000],
  ])
})

test('reads what was stored, and nothing else', () => {
  expect(parsePick({ kind: 'hours', from: 60, to: 120 })).toEqual({ kind: 'hours', from: 60, to: 120 })
  expect(parsePick({ kind: 'daylight' })).toEqual({ kind: 'daylight' })
  expect(parsePick({ kind: 'daily', at: 720, more: 1 })).toEqual({ kind: 'daily', at: 720 })
  for (const nonsense of [null, 1, {}, { kind: 'daily', at: 1440 }, { kind: 'hours', from: -1, to: 2 }]) {
    expect(parsePick(nonsense)).toBeNull()
  }
})
