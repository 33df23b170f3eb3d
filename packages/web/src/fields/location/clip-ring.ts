import type { Box } from './map-view.ts'
import type { MapPoint } from './projection.ts'

interface Edge {
  readonly isInside: (point: MapPoint) => boolean
  readonly cross: (a: MapPoint, b: MapPoint) => MapPoint
}

/**
 * The part of a closed ring within a box (Sutherland and Hodgman): coordinates far outside of the picture would be too
 * large for the browser's drawing when the map is close.
 * @returns the ring's points without repeating the first; empty when nothing is inside
 */
export function clipRing(ring: readonly MapPoint[], box: Box): readonly MapPoint[] {
  let points = ring
  for (const edge of edgesOf(box)) {
    if (points.every((point) => edge.isInside(point))) continue
    points = clipAt(points, edge)
    if (points.length === 0) return points
  }
  return points
}

function clipAt(points: readonly MapPoint[], { isInside, cross }: Edge): readonly MapPoint[] {
  const clipped: MapPoint[] = []
  let previous = points.at(-1)
  for (const point of points) {
    if (previous !== undefined && isInside(point) !== isInside(previous)) clipped.push(cross(previous, point))
    if (isInside(point)) clipped.push(point)
    previous = point
  }
  return clipped
}

function edgesOf({ left, right, top, bottom }: Box): readonly Edge[] {
  const atX =
    (x: number) =>
    (a: MapPoint, b: MapPoint): MapPoint => ({ x, y: a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x) })
  const atY =
    (y: number) =>
    (a: MapPoint, b: MapPoint): MapPoint => ({ x: a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y), y })
  return [
    { isInside: ({ x }) => x >= left, cross: atX(left) },
    { isInside: ({ x }) => x <= right, cross: atX(right) },
    { isInside: ({ y }) => y >= top, cross: atY(top) },
    { isInside: ({ y }) => y <= bottom, cross: atY(bottom) },
  ]
}
