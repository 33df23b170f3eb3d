import { DAY, HOUR, MINUTE, SECOND, type TimeRange } from '@senio/protocol'
import { spanOf } from './range.ts'
import { calendarOf, instantOf, instantOfWall, wallOf } from './zone.ts'

/** How far apart the ticks of an axis are, by the reader's calendar and clock. */
export type TickStep =
  | { readonly unit: 'ms'; readonly count: number }
  | { readonly unit: 'hour'; readonly count: number }
  | { readonly unit: 'day'; readonly count: number }
  | { readonly unit: 'monday'; readonly count: 1 }
  | { readonly unit: 'month'; readonly count: number }
  | { readonly unit: 'year'; readonly count: number }

/** The larger unit that gives ticks their context: the day of an hour, the month of a day. */
export type ContextUnit = 'day' | 'month' | 'year'

export interface ContextSpan {
  /** ms since the epoch. */
  readonly from: number
  readonly to: number
}

const ms = (count: number): TickStep => ({ unit: 'ms', count })

const STEPS: readonly TickStep[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map(ms),
  ...[1, 2, 5, 10, 15, 30].map((count) => ms(count * SECOND)),
  ...[1, 2, 5, 10, 15, 30].map((count) => ms(count * MINUTE)),
  ...[1, 2, 3, 6, 12].map((count) => ({ unit: 'hour', count }) as const),
  ...[1, 2].map((count) => ({ unit: 'day', count }) as const),
  { unit: 'monday', count: 1 },
  ...[1, 2, 3, 6].map((count) => ({ unit: 'month', count }) as const),
  ...[1, 2, 5, 10, 20, 50, 100].map((count) => ({ unit: 'year', count }) as const),
]

const LENGTHS = { ms: 1, hour: HOUR, day: DAY, monday: 7 * DAY, month: 30 * DAY, year: 365 * DAY }

/** The finest step that leaves each label its room. */
export function tickStep(range: TimeRange, width: number, roomPerLabel: number): TickStep {
  const least = (spanOf(range) / Math.max(1, width)) * roomPerLabel
  return STEPS.find((step) => LENGTHS[step.unit] * step.count >= least) ?? { unit: 'year', count: 100 }
}

/** The instants of the ticks within the range, ascending, in ms since the epoch. */
export function timeTicks(range: TimeRange, step: TickStep): number[] {
  const ticks: number[] = []
  let t = firstTick(range.from, step)
  // Bounded: a step leaves each label its room, so there are never more ticks than pixels.
  for (let i = 0; t <= range.to && i < 10_000; i++) {
    if (t >= range.from && t > (ticks.at(-1) ?? Number.NEGATIVE_INFINITY)) ticks.push(t)
    t = nextTick(t, step)
  }
  return ticks
}

function firstTick(from: number, step: TickStep): number {
  const { year, month, day, hour, weekday } = calendarOf(from)
  switch (step.unit) {
    case 'ms':
      return instantOfWall(Math.floor(wallOf(from) / step.count) * step.count)
    case 'hour':
      return instantOf(year, month, day, Math.floor(hour / step.count) * step.count)
    case 'day':
      return instantOf(year, month, step.count === 1 ? day : day - ((day - 1) % step.count))
    case 'monday':
      return instantOf(year, month, day - ((weekday + 6) % 7))
    case 'month':
      return instantOf(year, month - (month % step.count), 1)
    case 'year':
      return instantOf(Math.floor(year / step.count) * step.count, 0, 1)
  }
}

function nextTick(t: number, step: TickStep): number {
  const { year, month, day, hour } = calendarOf(t)
  switch (step.unit) {
    case 'ms':
      return t + step.count
    case 'hour': {
      const next = instantOf(year, month, day, hour + step.count)
      // In the hour that the clocks repeat, the same reading comes twice.
      return next > t ? next : t + HOUR
    }
    case 'day': {
      const nextMonth = instantOf(year, month + 1, 1)
      const days = calendarOf(instantOf(year, month + 1, 0)).day
      // Never the 31st next to the 1st: their labels would touch.
      const next = day + step.count
      return next + step.count - 1 > days && step.count > 1 ? nextMonth : instantOf(year, month, next)
    }
    case 'monday':
      return instantOf(year, month, day + 7)
    case 'month':
      return instantOf(year, month + step.count, 1)
    case 'year':
      return instantOf(year + step.count, 0, 1)
  }
}

/** What stands in the second row under ticks of a step; null where the ticks say everything. */
export function contextUnit(step: TickStep): ContextUnit | null {
  switch (step.unit) {
    case 'ms':
    case 'hour':
      return 'day'
    case 'day':
    case 'monday':
      return 'month'
    case 'month':
      return 'year'
    case 'year':
      return null
  }
}

/** The days, months or years that the range touches, ascending, not cut off at its ends. */
export function contextSpans(range: TimeRange, unit: ContextUnit): ContextSpan[] {
  const step = { unit, count: 1 } as const
  const starts: number[] = []
  let t = firstTick(range.from, step)
  for (let i = 0; t < range.to && i < 1000; i++) {
    starts.push(t)
    t = nextTick(t, step)
  }
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? nextTick(from, step) }))
}
