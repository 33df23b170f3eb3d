import type { TimeRange } from '@senio/protocol'
import { type Extent, rangeOf, spanOf } from '../range.ts'
import { type PlotBox, toPixel } from '../time-scale.ts'

/** A stretch of the overview in CSS pixels. */
export interface WindowBox {
  readonly left: number
  readonly right: number
}

/** What a pointer takes hold of. `outside`: the window jumps there. */
export type Grip = 'start' | 'end' | 'body' | 'outside'

/** A narrower window couldn't be seen. */
const NARROWEST = 8
const MARGIN = 0.005

/** What the overview spans: the whole history, and what is shown if that follows now. */
export function overviewDomain(extent: Extent, range: TimeRange, isFollowing: boolean): TimeRange {
  const first = extent.first ?? range.from
  const last = Math.max(extent.last ?? range.to, isFollowing ? range.to : Number.NEGATIVE_INFINITY)
  const margin = Math.max((last - first) * MARGIN, 1)
  return rangeOf(first - margin, last + margin)
}

/** Where the visible part lies: within the plot, and never too narrow to be seen. */
export function windowBox(range: TimeRange, domain: TimeRange, plot: PlotBox): WindowBox {
  const end = plot.left + plot.width
  const within = (x: number): number => Math.min(end, Math.max(plot.left, x))
  const [left, right] = [within(toPixel(range.from, domain, plot)), within(toPixel(range.to, domain, plot))]
  if (right - left >= NARROWEST) return { left, right }
  const start = Math.min(end - NARROWEST, Math.max(plot.left, (left + right - NARROWEST) / 2))
  return { left: start, right: start + NARROWEST }
}

/**
 * What lies under a pointer. The grips reach outwards, so that a narrow window can be moved, too.
 * @param reach of a grip, in CSS pixels: more for fingers
 */
export function gripAt(x: number, { left, right }: WindowBox, reach: number): Grip {
  const inside = Math.min(reach / 3, (right - left) / 4)
  if (x > left - reach && x < left + inside) return 'start'
  if (x < right + reach && x > right - inside) return 'end'
  return x >= left && x <= right ? 'body' : 'outside'
}

/** The range after its grip was moved by ms (positive: later). An end that passes the other one stops there. */
export function moveGrip(range: TimeRange, grip: Exclude<Grip, 'outside'>, by: number): TimeRange {
  const { from, to } = range
  if (grip === 'body') return rangeOf(from + by, to + by)
  return grip === 'start' ? rangeOf(Math.min(from + by, to), to) : rangeOf(from, Math.max(to + by, from))
}

/** The range moved so that its middle is at an instant, without leaving the domain if it fits in. */
export function centreAt(range: TimeRange, t: number, domain: TimeRange): TimeRange {
  const span = spanOf(range)
  const from = Math.max(domain.from, Math.min(domain.to - span, t - span / 2))
  return rangeOf(from, from + span)
}
