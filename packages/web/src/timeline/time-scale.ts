import type { TimeRange } from '@senio/protocol'
import { spanOf } from './range.ts'

/** Where every track of a view has its plot, in CSS pixels from the track's left edge. */
export interface PlotBox {
  readonly left: number
  readonly width: number
}

/** The CSS pixel of an instant; outside of the plot for instants outside of the range. */
export function toPixel(t: number, range: TimeRange, plot: PlotBox): number {
  return plot.left + ((t - range.from) / spanOf(range)) * plot.width
}

/** The instant at a CSS pixel. */
export function toTime(pixel: number, range: TimeRange, plot: PlotBox): number {
  return range.from + ((pixel - plot.left) / plot.width) * spanOf(range)
}

/** The instant at a CSS pixel, or at the nearest edge of the plot. */
export function toTimeWithin(pixel: number, range: TimeRange, plot: PlotBox): number {
  const within = Math.min(plot.left + plot.width, Math.max(plot.left, pixel))
  return toTime(within, range, plot)
}
