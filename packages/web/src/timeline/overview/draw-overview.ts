import type { FieldSeriesJson } from '@senio/protocol/api'
import { pausesOf } from '../gaps.ts'

/** Where the overview is drawn; device pixels. */
export interface OverviewArea {
  readonly width: number
  readonly height: number
  /** Device pixels per CSS pixel. */
  readonly ratio: number
  readonly toX: (t: number) => number
}

const BAND_ALPHA = 0.3
const TICK_HEIGHT = 3
const GAP = 3
const FAINTEST_TICK = 0.3
const STRONGEST_TICK = 0.8

/** A field's least to greatest values as a band, with its mean as a line; gaps stay open. */
export function drawLine(
  context: CanvasRenderingContext2D,
  series: FieldSeriesJson,
  color: string,
  { height, ratio, toX }: OverviewArea,
): void {
  const mean = (series.bucket === 0 ? series.value : series.mean) as readonly number[] | undefined
  if (mean === undefined || mean.length === 0) return
  const { min = mean, max = mean } = series
  let [low, high] = [Infinity, -Infinity]
  for (const value of min) low = Math.min(low, value)
  for (const value of max) high = Math.max(high, value)
  const room = height - (TICK_HEIGHT + GAP) * ratio
  const toY = (value: number): number =>
    high === low ? room / 2 : ratio + (1 - (value - low) / (high - low)) * (room - 2 * ratio)
  const longestPause = pausesOf(series.t, series.bucket)
  const band = new Path2D()
  const line = new Path2D()
  for (const [index, t] of series.t.entries()) {
    const x = toX(t + series.bucket / 2)
    const [y, top, bottom] = [mean, max, min].map((values) => toY(values[index] ?? 0))
    const before = index - 1
    const isJoined = before >= 0 && t - (series.t[before] ?? 0) <= longestPause(before)
    if (y === undefined || top === undefined || bottom === undefined) continue
    if (!isJoined) {
      // A value that stands alone is seen, too.
      line.moveTo(x - ratio / 2, y)
      band.rect(x - ratio / 2, top, ratio, Math.max(ratio, bottom - top))
      line.lineTo(x, y)
      continue
    }
    const old = toX((series.t[before] ?? 0) + series.bucket / 2)
    band.moveTo(old, toY(max[before] ?? 0))
    band.lineTo(x, top)
    band.lineTo(x, bottom)
    band.lineTo(old, toY(min[before] ?? 0))
    line.lineTo(x, y)
  }
  context.fillStyle = color
  context.globalAlpha = BAND_ALPHA
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
  context.fill(band)
  context.strokeStyle = color
  context.globalAlpha = 1
  context.lineWidth = ratio
  context.stroke(line)
}

/** A tick where there are values, stronger where there are more. */
export function drawTicks(
  context: CanvasRenderingContext2D,
  series: FieldSeriesJson,
  color: string,
  { height, ratio, toX }: OverviewArea,
): void {
  const most = Math.max(1, ...(series.count ?? []))
  context.fillStyle = color
  for (const [index, t] of series.t.entries()) {
    const x = Math.floor(toX(t))
    const width = Math.max(ratio, Math.ceil(toX(t + series.bucket)) - x)
    const count = series.count?.[index] ?? 1
    context.globalAlpha = FAINTEST_TICK + (STRONGEST_TICK - FAINTEST_TICK) * (count / most)
    context.fillRect(x, height - TICK_HEIGHT * ratio, width, TICK_HEIGHT * ratio)
  }
  context.globalAlpha = 1
}
