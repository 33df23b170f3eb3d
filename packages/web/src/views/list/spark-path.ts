import type { FieldSeriesJson } from '@senio/protocol/api'
import { pausesOf } from '../../timeline/gaps.ts'

/** Size of the drawing that the path is for. */
const WIDTH = 100
const HEIGHT = 100

/**
 * The curve of a range as an SVG path in a box of 100 × 100, the greatest value on top; it breaks at gaps. Empty when
 * there is nothing to draw.
 */
export function sparkPath(
  series: FieldSeriesJson,
  range: { readonly from: number; readonly to: number },
): string {
  const values = (series.bucket === 0 ? series.value : series.mean) as readonly number[] | undefined
  if (values === undefined || values.length === 0) return ''
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const longestPause = pausesOf(series.t, series.bucket)
  let path = ''
  for (const [index, start] of series.t.entries()) {
    const value = values[index]
    if (value === undefined) continue
    const before = series.t[index - 1]
    const isGap = before === undefined || start - before > longestPause(index - 1)
    const x = ((start + series.bucket / 2 - range.from) / (range.to - range.from)) * WIDTH
    const y = high === low ? HEIGHT / 2 : (1 - (value - low) / (high - low)) * HEIGHT
    path += `${isGap ? 'M' : 'L'}${round(x)} ${round(y)}`
  }
  return path
}

function round(coordinate: number): number {
  return Math.round(coordinate * 10) / 10
}
