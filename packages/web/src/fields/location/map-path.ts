import type { FieldSeriesJson } from '@senio/protocol/api'
import type { LocationValue } from '@senio/protocol'
import { pausesOf } from '../../timeline/gaps.ts'
import { clipRing } from './clip-ring.ts'
import type { Coast } from './coast.ts'
import { type Box, type MapSize, type MapView, toMapPixel, visibleBox } from './map-view.ts'
import { type MapPoint, project } from './projection.ts'

/** One place of a track. */
export interface TrackPoint extends MapPoint {
  /** ms since the epoch. */
  readonly t: number
  readonly place: LocationValue
  /** Metres; null when unknown. */
  readonly accuracy: number | null
  /** Whether a gap lies before it. */
  readonly isStart: boolean
}

/** The places of a field, ascending in time. */
export function trackOf(series: FieldSeriesJson | undefined): readonly TrackPoint[] {
  if (series === undefined) return []
  const longestPause = pausesOf(series.t, series.bucket)
  return series.t.flatMap((t, index) => {
    const value = series.value?.[index] as LocationValue | undefined
    if (value === undefined) return []
    const isStart = index === 0 || t - (series.t[index - 1] ?? 0) > longestPause(index - 1)
    return [{ ...project(value), t, place: value, accuracy: value.accuracy ?? null, isStart }]
  })
}

/** The coasts in sight as an SVG path. */
export function landPath(coasts: readonly Coast[], view: MapView, size: MapSize): string {
  // A little more than is seen, so that the cut edges' outline stays out of sight.
  const seen = visibleBox(view, { width: size.width + 20, height: size.height + 20 })
  // The world once, not again beside itself.
  const box = { ...seen, left: Math.max(0, seen.left), right: Math.min(1, seen.right) }
  return coasts
    .filter((coast) => overlaps(coast.box, box))
    .map(({ ring }) => clipRing(ring, box))
    .filter((ring) => ring.length > 2)
    .map(
      (ring) =>
        `${ring.map((point, index) => `${index === 0 ? 'M' : 'L'}${pixel(point, view, size)}`).join('')}Z`,
    )
    .join('')
}

/** A track as an SVG path, broken at gaps. */
export function trackPath(track: readonly TrackPoint[], view: MapView, size: MapSize): string {
  return track
    .map((point, index) => `${index === 0 || point.isStart ? 'M' : 'L'}${pixel(point, view, size)}`)
    .join('')
}

function pixel(point: MapPoint, view: MapView, size: MapSize): string {
  const { x, y } = toMapPixel(point, view, size)
  return `${x.toFixed(1)} ${y.toFixed(1)}`
}

function overlaps(a: Box, b: Box): boolean {
  return a.left <= b.right && a.right >= b.left && a.top <= b.bottom && a.bottom >= b.top
}
