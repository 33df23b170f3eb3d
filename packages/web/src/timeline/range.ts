import { DAY, HOUR, MINUTE, SECOND, type TimeRange, type TimestampMs, timestampMs } from '@senio/protocol'
import { calendarOf, instantOf, instantOfWall, wallOf } from './zone.ts'

/** Ranges with a name, shortest first. Months and years are those of the reader's calendar. */
export const namedSpans = ['hour', 'day', 'week', 'month', 'year'] as const
export type NamedSpan = (typeof namedSpans)[number]

/** What a person asked to see. */
export type RangeChoice =
  /** The last hour, day, … up to now, moving on with the clock. */
  | { readonly kind: 'following'; readonly span: NamedSpan }
  /** From the first to the newest value. */
  | { readonly kind: 'all' }
  | { readonly kind: 'fixed'; readonly from: TimestampMs; readonly to: TimestampMs }

/** The timestamps of a sensor's oldest and newest value, ms since the epoch; null while it has none. */
export interface Extent {
  readonly first: number | null
  readonly last: number | null
}

/** Shorter ranges show nothing that a camera or a sensor could have noticed. */
const SHORTEST_MS = SECOND / 10
const LONGEST_MS = 200 * 366 * DAY
/** Dates beyond are not dates any more (ECMA-262, time values). */
const LAST_DATE_MS = 8.64e15

export function isNamedSpan(text: unknown): text is NamedSpan {
  return (namedSpans as readonly unknown[]).includes(text)
}

/** A range of sound length, in order and within what dates can say. */
export function rangeOf(from: number, to: number): TimeRange {
  const start = Math.max(-LAST_DATE_MS, Math.min(from, to))
  const span = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.abs(to - from)))
  const end = Math.min(LAST_DATE_MS, start + span)
  return { from: timestampMs(Math.min(start, end - SHORTEST_MS)), to: timestampMs(end) }
}

/** The span of a range in ms. */
export function spanOf(range: TimeRange): number {
  return range.to - range.from
}

/** The instant `count` hours, days, … later (negative: earlier), by the reader's calendar and clock. */
export function addSpan(t: number, span: NamedSpan, count: number): number {
  if (span === 'hour') return t + count * HOUR
  const { year, month, day } = calendarOf(t)
  const midnight = instantOf(year, month, day)
  const timeOfDay = wallOf(t) - wallOf(midnight)
  if (span === 'day' || span === 'week') return atTime(year, month, day + count * (span === 'week' ? 7 : 1))
  const target = month + count * (span === 'year' ? 12 : 1)
  const daysInMonth = calendarOf(instantOf(year, target + 1, 0)).day
  return atTime(year, target, Math.min(day, daysInMonth))

  function atTime(...date: [year: number, month: number, day: number]): number {
    return instantOfWall(wallOf(instantOf(...date)) + timeOfDay)
  }
}

/** The range that a choice means at the moment. */
export function resolveRange(choice: RangeChoice, now: number, extent: Extent): TimeRange {
  switch (choice.kind) {
    case 'fixed':
      return rangeOf(choice.from, choice.to)
    case 'following':
      return rangeOf(addSpan(now, choice.span, -1), now)
    case 'all': {
      const first = extent.first ?? addSpan(now, 'day', -1)
      const last = extent.last ?? now
      // Room on both sides, so that neither the first nor the newest value sticks to an edge.
      const margin = Math.max((last - first) * 0.01, first === last ? 30 * MINUTE : SECOND)
      return rangeOf(first - margin, last + margin)
    }
  }
}

/** What to show to somebody who asks for nothing in particular: the last day, or the last day with values. */
export function firstChoice(now: number, extent: Extent): RangeChoice {
  const { last } = extent
  if (last === null || last > addSpan(now, 'day', -1)) return { kind: 'following', span: 'day' }
  return newestChoice(extent, 'day')
}

/** A fixed range of the given length that ends a little after the newest value. */
export function newestChoice(extent: Extent, span: NamedSpan): RangeChoice {
  const last = extent.last ?? 0
  const length = last - addSpan(last, span, -1)
  const to = last + length * 0.02
  return { kind: 'fixed', from: timestampMs(to - length), to: timestampMs(to) }
}

/** The range scaled around an instant that stays where it is; `factor` < 1 shows less time. */
export function zoomAt(range: TimeRange, anchor: number, factor: number): TimeRange {
  const span = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, spanOf(range) * factor))
  const share = (anchor - range.from) / spanOf(range)
  const from = anchor - share * span
  return rangeOf(from, from + span)
}

/** The range moved by ms (positive: later). */
export function pan(range: TimeRange, by: number): TimeRange {
  return rangeOf(range.from + by, range.to + by)
}

/** The range of the same length with an instant in its middle. */
export function centredAt(range: TimeRange, t: number): TimeRange {
  return pan(range, t - (range.from + range.to) / 2)
}

/** The range of the same length before (-1) or after (1). One that is a calendar month or year stays one. */
export function neighbour(range: TimeRange, direction: -1 | 1): TimeRange {
  const span = namedSpanOf(range)
  if (span === null) return pan(range, direction * spanOf(range))
  return direction === 1
    ? rangeOf(range.to, addSpan(range.to, span, 1))
    : rangeOf(addSpan(range.from, span, -1), range.from)
}

/** The name of the range's length; null when it has none. */
export function namedSpanOf(range: TimeRange): NamedSpan | null {
  return (
    namedSpans.find(
      (span) =>
        Math.abs(addSpan(range.from, span, 1) - range.to) < SECOND ||
        Math.abs(addSpan(range.to, span, -1) - range.from) < SECOND,
    ) ?? null
  )
}

/** Whether an instant lies in the half-open range. */
export function contains(range: TimeRange, t: number): boolean {
  return t >= range.from && t < range.to
}

/**
 * What to fetch for a shown range: more on both sides, so that panning has something to show and lines enter from the
 * edges, and snapped to a grid, so that small moves ask for nothing new.
 */
export function fetchRange(range: TimeRange): TimeRange {
  const step = 2 ** Math.floor(Math.log2(spanOf(range) / 4))
  return {
    from: timestampMs(Math.floor((range.from - step) / step) * step),
    to: timestampMs(Math.ceil((range.to + step) / step) * step),
  }
}
