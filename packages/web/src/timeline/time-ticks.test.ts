import { DAY, HOUR, MINUTE } from '@senio/protocol'
import { describe, expect, test } from 'vitest'
import { rangeOf } from './range.ts'
import { contextSpans, contextUnit, tickStep, timeTicks } from './time-ticks.ts'

const start = new Date(2026, 10, 23, 0, 0).getTime()

function ticksOf(span: number, width: number) {
  const range = rangeOf(start, start + span)
  return timeTicks(range, tickStep(range, width, 80))
}

describe('ticks', () => {
  test('of a day stand at full hours of the local clock', () => {
    const ticks = ticksOf(DAY, 800)
    expect(ticks.map((t) => new Date(t).getHours())).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 0])
  })
  test('of an hour stand at full minutes', () => {
    expect(ticksOf(HOUR, 500).map((t) => new Date(t).getMinutes())).toEqual([0, 10, 20, 30, 40, 50, 0])
  })
  test('of years stand at new year', () => {
    for (const t of ticksOf(10 * 365 * DAY, 1000)) {
      expect([new Date(t).getMonth(), new Date(t).getDate(), new Date(t).getHours()]).toEqual([0, 1, 0])
    }
  })
  test('never crowd, whatever the range and width', () => {
    for (let span = 100; span < 200 * 365 * DAY; span *= 1.7) {
      for (const width of [260, 900, 3700]) {
        const ticks = ticksOf(span, width)
        expect(ticks.length).toBeLessThanOrEqual(width / 70 + 2)
        expect(ticks).toEqual([...ticks].sort((a, b) => a - b))
      }
    }
  })
  test('of every second day skip the 31st', () => {
    const range = rangeOf(new Date(2026, 0, 25).getTime(), new Date(2026, 1, 6).getTime())
    const days = timeTicks(range, { unit: 'day', count: 2 }).map((t) => new Date(t).getDate())
    expect(days).toEqual([25, 27, 29, 1, 3, 5])
  })
  test('of weeks are Mondays', () => {
    for (const t of timeTicks(rangeOf(start - 40 * DAY, start), { unit: 'monday', count: 1 })) {
      expect(new Date(t).getDay()).toBe(1)
    }
  })
})

describe('context', () => {
  test('of hours is the day, of days the month, of months the year', () => {
    const day = rangeOf(start, start + DAY)
    expect(contextUnit(tickStep(day, 800, 80))).toBe('day')
    expect(contextUnit({ unit: 'monday', count: 1 })).toBe('month')
    expect(contextUnit({ unit: 'month', count: 3 })).toBe('year')
    expect(contextUnit({ unit: 'year', count: 1 })).toBeNull()
  })
  test('spans touch each other and cover the range', () => {
    const spans = contextSpans(rangeOf(start + 5 * MINUTE, start + 2 * DAY), 'day')
    expect(spans[0]?.from).toBe(start)
    expect(spans.at(-1)?.to).toBeGreaterThanOrEqual(start + 2 * DAY)
    for (const [index, span] of spans.entries()) expect(spans[index + 1]?.from ?? span.to).toBe(span.to)
  })
})
