import { type Box, boxOf } from './map-view.ts'
import { type MapPoint, project } from './projection.ts'

/** A coast, closed, on the plane. */
export interface Coast {
  readonly ring: readonly MapPoint[]
  readonly box: Box
}

/**
 * A ring of land, in degrees, on the plane. One that crosses the 180th meridian stands on both sides of the world, one
 * around a pole is closed along the plane's edge.
 */
export function coastsOf(ring: readonly { readonly lat: number; readonly lon: number }[]): Coast[] {
  const points: MapPoint[] = []
  let turn = 0
  let previous: number | null = null
  for (const place of ring) {
    if (previous !== null) turn -= Math.round((place.lon - previous) / 360)
    previous = place.lon
    const { x, y } = project(place)
    points.push({ x: x + turn, y })
  }
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return []
  if (Math.abs(last.x - first.x) > 0.5) {
    const edge = first.y > 0.5 ? 1 : 0
    points.push({ x: last.x, y: edge }, { x: first.x, y: edge })
  }
  return [-1, 0, 1].flatMap((shift) => {
    const moved = shift === 0 ? points : points.map(({ x, y }) => ({ x: x + shift, y }))
    const box = boxOf(moved)
    return box === null || box.right <= 0 || box.left >= 1 ? [] : [{ ring: moved, box }]
  })
}
