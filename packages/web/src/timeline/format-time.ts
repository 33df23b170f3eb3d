import { DAY, HOUR, MINUTE, SECOND, type TimeRange } from '@senio/protocol'
import { spanOf } from './range.ts'
import type { ContextUnit, TickStep } from './time-ticks.ts'
import { calendarOf, shownZone } from './zone.ts'
import { readerLocale } from '../i18n/language.ts'
import { text } from './texts.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const timeZone = shownZone.get() ?? undefined
  const key = JSON.stringify([readerLocale(), timeZone, options])
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(readerLocale(), { ...options, timeZone })
  formats.set(key, made)
  return made
}

const TIME = { hour: 'numeric', minute: '2-digit' } as const
const EXACT_TIME = { ...TIME, second: '2-digit' } as const
const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const

/** How far the shown zone is from UTC at an instant: "UTC+2". */
export function formatOffset(t: number): string {
  const parts = format({ timeZoneName: 'shortOffset' }).formatToParts(t)
  return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC').replace('GMT', 'UTC')
}

/** The label of a tick of an axis. */
export function formatTick(t: number, step: TickStep): string {
  switch (step.unit) {
    case 'ms':
      if (step.count < SECOND) return format({ ...EXACT_TIME, fractionalSecondDigits: 3 }).format(t)
      return format(step.count < MINUTE ? EXACT_TIME : TIME).format(t)
    case 'hour':
      return format(TIME).format(t)
    case 'day':
      return `${format({ weekday: 'short' }).format(t)} ${format({ day: 'numeric' }).format(t)}`
    case 'monday':
      return format({ day: 'numeric', month: 'short' }).format(t)
    case 'month':
      return format({ month: 'short' }).format(t)
    case 'year':
      return format({ year: 'numeric' }).format(t)
  }
}

/** A day, month or year under the ticks; `long` where there is room. */
export function formatContext(t: number, unit: ContextUnit, long: boolean): string {
  switch (unit) {
    case 'day':
      return format(
        long
          ? { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }
          : { day: 'numeric', month: 'short' },
      ).format(t)
    case 'month':
      return format(long ? { month: 'long', year: 'numeric' } : { month: 'short' }).format(t)
    case 'year':
      return format({ year: 'numeric' }).format(t)
  }
}

/** A month of a year, in short. */
export function formatMonth(t: number): string {
  return format({ month: 'short', year: 'numeric' }).format(t)
}

/** An instant, to the second or finer where the shown range is so short that it matters. */
export function formatInstant(t: number, span: number): string {
  if (span < 10 * SECOND) return format({ ...DATE, ...EXACT_TIME, fractionalSecondDigits: 3 }).format(t)
  if (span < 3 * DAY) return format({ ...DATE, weekday: 'short', ...EXACT_TIME }).format(t)
  return format({ ...DATE, weekday: 'short', ...TIME }).format(t)
}

/** An instant to the second, for pictures and records. */
export function formatExact(t: number): string {
  return format({ ...DATE, weekday: 'short', ...EXACT_TIME }).format(t)
}

/** The whole range in one line; the year only where it isn't this one. */
export function formatRange(range: TimeRange): string {
  const span = spanOf(range)
  if (span >= 60 * DAY) return format(DATE).formatRange(range.from, range.to)
  const time = span < 10 * MINUTE ? EXACT_TIME : TIME
  const thisYear = calendarOf(Date.now()).year
  const isThisYear = [range.from, range.to].every((t) => calendarOf(t).year === thisYear)
  const date = isThisYear ? ({ day: 'numeric', month: 'short' } as const) : DATE
  return format({ ...date, ...time }).formatRange(range.from, range.to)
}

const MONTH = (365.25 / 12) * DAY

/** How long something lasted or lies back, in its one or two largest units: "3 min", "2 h 5 min", "12 days". */
export function formatDuration(ms: number): string {
  const span = Math.abs(ms)
  if (span < SECOND) return `${Math.round(span)} ms`
  if (span < MINUTE) return `${Math.floor(span / SECOND)} s`
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`
  if (span < DAY) return twoUnits(`${Math.floor(span / HOUR)} h`, Math.floor((span % HOUR) / MINUTE), 'min')
  if (span < 14 * DAY) {
    return twoUnits(text('days', { count: Math.floor(span / DAY) }), Math.floor((span % DAY) / HOUR), 'h')
  }
  if (span < 90 * DAY) return text('days', { count: Math.floor(span / DAY) })
  // Months and years differ in length: one that lacks a day is whole.
  const months = Math.floor(span / MONTH + 0.05)
  return months < 24 && months % 12 !== 0
    ? text('months', { count: months })
    : text('years', { count: Math.floor(months / 12) })
}

function twoUnits(large: string, rest: number, unit: string): string {
  return rest === 0 ? large : `${large} ${rest} ${unit}`
}
