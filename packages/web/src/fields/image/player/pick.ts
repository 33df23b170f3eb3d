import { DAY, HOUR, MINUTE, type TimeRange } from '@senio/protocol'
import { rangeOf } from '../../../timeline/range.ts'
import { calendarOf, instantOf, wallOf } from '../../../timeline/zone.ts'

/** Which pictures of a range are played. Minutes are those of the day, in the shown time zone. */
export type Pick =
  | { readonly kind: 'all' }
  /** Those that show light. */
  | { readonly kind: 'daylight' }
  /** Those of some hours of each day; over midnight where `from` is later than `to`. */
  | { readonly kind: 'hours'; readonly from: number; readonly to: number }
  /** One a day: the first after a time of day. */
  | { readonly kind: 'daily'; readonly at: number }

/** Later than this after its time, a picture doesn't stand for that time of day any more. */
const LATEST = 3 * HOUR
const MOST_DAYS = 1000
const MINUTES_A_DAY = 24 * 60

/** The minute of the day of an instant, with its fraction. */
export function minuteOf(t: number): number {
  const wall = wallOf(t)
  return (wall - Math.floor(wall / DAY) * DAY) / MINUTE
}

/** Of ascending pictures those that are played. */
export function picked<Picture extends { readonly timestamp: number }>(
  pictures: readonly Picture[],
  pick: Pick,
): readonly Picture[] {
  switch (pick.kind) {
    case 'all':
    // Pictures tell that themselves, not their times.
    case 'daylight':
      return pictures
    case 'hours': {
      const length = (pick.to - pick.from + MINUTES_A_DAY) % MINUTES_A_DAY
      return pictures.filter(
        ({ timestamp }) => (minuteOf(timestamp) - pick.from + MINUTES_A_DAY) % MINUTES_A_DAY <= length,
      )
    }
    case 'daily': {
      const days = new Map<number, Picture>()
      for (const picture of pictures) {
        const day = Math.floor((wallOf(picture.timestamp) - pick.at * MINUTE) / DAY)
        const late = wallOf(picture.timestamp) - pick.at * MINUTE - day * DAY
        if (late <= LATEST && !days.has(day)) days.set(day, picture)
      }
      return [...days.values()]
    }
  }
}

/** What to ask the server for: a number of slices of equal length, of each of which it gives the first picture. */
export interface Slices extends TimeRange {
  /** 1 to 1000. */
  readonly count: number
}

/** The requests that bring the pictures of a range: more where some are left out afterwards. */
export function slicesFor(range: TimeRange, pick: Pick): Slices[] {
  if (pick.kind === 'daily') return dailySlices(range, pick.at)
  const parts = pick.kind === 'all' ? 3 : 6
  const length = (range.to - range.from) / parts
  return Array.from({ length: parts }, (_, part) => ({
    ...rangeOf(range.from + part * length, range.from + (part + 1) * length),
    count: 1000,
  }))
}

/** Slices of a day that begin at a time of day; anew where the clocks change. */
function dailySlices(range: TimeRange, at: number): Slices[] {
  const slices: Slices[] = []
  const { year, month, day } = calendarOf(range.from)
  for (let i = -1; i < 40_000; i++) {
    const from = instantOf(year, month, day + i) + at * MINUTE
    if (from >= range.to) break
    if (from + DAY <= range.from) continue
    const last = slices.at(-1)
    if (last !== undefined && last.to === from && last.count < MOST_DAYS) {
      slices[slices.length - 1] = { ...rangeOf(last.from, from + DAY), count: last.count + 1 }
    } else {
      slices.push({ ...rangeOf(from, from + DAY), count: 1 })
    }
  }
  return slices
}

/** What is stored of it; null for everything that is no pick. */
export function parsePick(value: unknown): Pick | null {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null
  const { kind, from, to, at } = value as Readonly<Record<string, unknown>>
  if (kind === 'all' || kind === 'daylight') return { kind }
  if (kind === 'hours' && isMinute(from) && isMinute(to)) return { kind, from, to }
  return kind === 'daily' && isMinute(at) ? { kind, at } : null
}

function isMinute(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < MINUTES_A_DAY
}
