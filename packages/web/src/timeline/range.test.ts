import { DAY, HOUR, MINUTE, timestampMs } from '@senio/protocol'
import { describe, expect, test } from 'vitest'
import {
  addSpan,
  contains,
  fetchRange,
  firstChoice,
  namedSpanOf,
  neighbour,
  pan,
  rangeOf,
  resolveRange,
  spanOf,
  zoomAt,
} from './range.ts'

const noon = new Date(2026, 2, 31, 12).getTime()
const none = { first: null, last: null }

describe('calendar', () => {
  test('a month before the 31st of March is the last day of February at the same time', () => {
    expect(addSpan(noon, 'month', -1)).toBe(new Date(2026, 1, 28, 12).getTime())
  })
  test('a year after the 29th of February is the 28th', () => {
    expect(addSpan(new Date(2024, 1, 29).getTime(), 'year', 1)).toBe(new Date(2025, 1, 28).getTime())
  })
  test('a day has the same time on the clock, whatever the clocks did at night', () => {
    for (let day = 0; day < 365; day++) {
      const t = new Date(2026, 0, 1 + day, 12).getTime()
      expect(new Date(addSpan(t, 'day', 1)).getHours()).toBe(12)
    }
  })
  test('fractions of a millisecond stay', () => {
    expect(addSpan(noon + 0.25, 'week', 1) % 1).toBe(0.25)
  })
})

describe('choices', () => {
  test('following ends now', () => {
    expect(resolveRange({ kind: 'following', span: 'hour' }, noon, none)).toEqual({
      from: noon - HOUR,
      to: noon,
    })
  })
  test('all holds the first and the newest value', () => {
    const range = resolveRange({ kind: 'all' }, noon, {
      first: timestampMs(noon - DAY),
      last: timestampMs(noon),
    })
    expect(contains(range, noon - DAY)).toBe(true)
    expect(contains(range, noon)).toBe(true)
  })
  test('all of a single value is an hour around it', () => {
    const only = timestampMs(noon)
    const range = resolveRange({ kind: 'all' }, noon, { first: only, last: only })
    expect(spanOf(range)).toBe(60 * MINUTE)
  })
  test('who asks for nothing sees the last day, or the last day with values', () => {
    expect(firstChoice(noon, none)).toEqual({ kind: 'following', span: 'day' })
    expect(firstChoice(noon, { first: null, last: timestampMs(noon - HOUR) }).kind).toBe('following')
    const old = firstChoice(noon, { first: null, last: timestampMs(noon - 9 * DAY) })
    expect(contains(resolveRange(old, noon, none), noon - 9 * DAY)).toBe(true)
  })
})

describe('moves', () => {
  const range = rangeOf(noon, noon + HOUR)
  test('zooming keeps the anchor in its place', () => {
    const zoomed = zoomAt(range, noon + HOUR / 4, 0.5)
    expect((noon + HOUR / 4 - zoomed.from) / spanOf(zoomed)).toBeCloseTo(0.25)
    expect(spanOf(zoomed)).toBe(HOUR / 2)
  })
  test('zooming in ends at a tenth of a second, zooming out at two centuries', () => {
    let [near, far] = [range, range]
    for (let i = 0; i < 100; i++) [near, far] = [zoomAt(near, noon, 0.5), zoomAt(far, noon, 2)]
    expect(spanOf(near)).toBeCloseTo(100, 0)
    expect(spanOf(far)).toBeLessThan(201 * 366 * DAY)
  })
  test('there and back again is the same range', () => {
    expect(neighbour(neighbour(range, 1), -1)).toEqual(range)
    expect(pan(pan(range, 5), -5)).toEqual(range)
  })
  test('the month before a month is a month', () => {
    const march = rangeOf(new Date(2026, 2, 1).getTime(), new Date(2026, 3, 1).getTime())
    expect(namedSpanOf(march)).toBe('month')
    expect(neighbour(march, -1)).toEqual(rangeOf(new Date(2026, 1, 1).getTime(), march.from))
    expect(neighbour(march, 1)).toEqual(rangeOf(march.to, new Date(2026, 4, 1).getTime()))
  })
  test('reversed ends are put in order', () => {
    expect(rangeOf(noon + HOUR, noon)).toEqual(range)
  })
})

test('what is fetched covers the range and stays the same while it moves a little', () => {
  const range = rangeOf(noon, noon + HOUR)
  const fetched = fetchRange(range)
  expect(fetched.from).toBeLessThan(range.from)
  expect(fetched.to).toBeGreaterThan(range.to)
  expect(spanOf(fetched)).toBeLessThanOrEqual(2 * HOUR)
  const later = Array.from({ length: 60 }, (_, s) => fetchRange(pan(range, s * 1000)).from)
  expect(new Set(later).size).toBeLessThanOrEqual(2)
})
