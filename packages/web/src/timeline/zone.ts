import { DAY, MINUTE } from '@senio/protocol'
import { createStored } from './stored.ts'

/** A time zone by its IANA name; null: the browser's. */
export type Zone = string | null

/** The zone that every time of the views is shown in; remembered in this browser. */
export const shownZone = createStored<Zone>('senio.zone', (text) => (isZone(text) ? text : null), String)

/** Whether the browser knows it. */
export function isZone(name: string | null): name is string {
  if (name === null) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** An instant as calendar and clock of a zone show it. */
export interface Calendar {
  readonly year: number
  /** 0 to 11. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
  readonly hour: number
  /** 0: Sunday. */
  readonly weekday: number
}

export function calendarOf(t: number, zone: Zone = shownZone.get()): Calendar {
  const date = new Date(wallOf(t, zone))
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    weekday: date.getUTCDay(),
  }
}

/** What clocks on the wall show at an instant, counted in ms as if they stood in UTC. */
export function wallOf(t: number, zone: Zone = shownZone.get()): number {
  return t + offsetAt(t, zone)
}

/**
 * When clocks on the wall show that: the first time where they show it twice, and where they leave it out as much later
 * as they jump.
 */
export function instantOfWall(wall: number, zone: Zone = shownZone.get()): number {
  const offsets = [offsetAt(wall - DAY, zone), offsetAt(wall + DAY, zone)]
  const instants = offsets.map((offset) => wall - offset)
  return instants.find((t) => wallOf(t, zone) === wall) ?? instants[0] ?? wall
}

/** The start of an hour in a zone; months and days out of bounds run on, as with `Date`. */
export function instantOf(
  year: number,
  month: number,
  day: number,
  hour = 0,
  zone: Zone = shownZone.get(),
): number {
  const date = new Date(Date.UTC(2000, 0, 1, hour))
  // Date.UTC takes years below 100 for those of the last century.
  date.setUTCFullYear(year, month, day + Math.floor(hour / 24))
  return instantOfWall(date.getTime(), zone)
}

const clocks = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()
/** Clocks change on the quarter of an hour. */
const STEP = 15 * MINUTE
const MOST_REMEMBERED = 5000

/** How far a zone is ahead of UTC at an instant, in ms. */
function offsetAt(t: number, zone: Zone): number {
  if (zone === null) {
    const minutes = new Date(t).getTimezoneOffset()
    return Number.isNaN(minutes) ? 0 : -minutes * MINUTE
  }
  const step = Math.floor(t / STEP)
  const key = `${zone} ${step}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  if (offsets.size >= MOST_REMEMBERED) offsets.clear()
  const offset = readClock(step * STEP, zone)
  offsets.set(key, offset)
  return offset
}

function readClock(t: number, zone: string): number {
  const clock = clocks.get(zone) ?? clockOf(zone)
  clocks.set(zone, clock)
  if (Number.isNaN(new Date(t).getTime())) return 0
  const parts = Object.fromEntries(clock.formatToParts(t).map(({ type, value }) => [type, value]))
  const [year, month, day, hour, minute, second] = CLOCK_PARTS.map((part) => Number(parts[part]))
  const shown = new Date(Date.UTC(2000, 0, 1, hour, minute, second))
  // Years before the first have no number in this calendar: nobody measured then.
  shown.setUTCFullYear(parts['era'] === 'B' ? 1 - Number(year) : Number(year), Number(month) - 1, Number(day))
  return shown.getTime() - Math.floor(t / 1000) * 1000
}

const CLOCK_PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const

function clockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    era: 'narrow',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}
