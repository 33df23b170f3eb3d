import { type MapPoint, metresPerUnit } from './projection.ts'

/** What part of the plane a map shows. */
export interface MapView {
  readonly center: MapPoint
  /** CSS pixels per unit of the plane. */
  readonly scale: number
}

export interface MapSize {
  readonly width: number
  readonly height: number
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** A garden: closer, the receiver's noise would look like a journey. */
const SMALLEST_METRES = 30
/** CSS pixels around a track. */
const MARGIN = 36
/** A track that has become this much smaller than the map is shown larger again. */
const LEAST_SHARE = 0.3

/** The smallest box around points; null without any. */
export function boxOf(points: readonly MapPoint[]): Box | null {
  if (points.length === 0) return null
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
  }
  return box
}

/** The view that shows all of a box with some room; the world for null. */
export function fitBox(box: Box | null, size: MapSize): MapView {
  const room = { width: Math.max(1, size.width - 2 * MARGIN), height: Math.max(1, size.height - 2 * MARGIN) }
  if (box === null) return { center: { x: 0.5, y: 0.42 }, scale: Math.max(size.width, size.height) }
  const center = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
  const least = SMALLEST_METRES / metresPerUnit(center.y)
  const scale = Math.min(
    room.width / Math.max(least, box.right - box.left),
    room.height / Math.max(least, box.bottom - box.top),
  )
  return { center, scale }
}

/** The same view while it still suits the box, so that a live track doesn't make the map jump. */
export function refit(view: MapView, box: Box | null, size: MapSize): MapView {
  const ideal = fitBox(box, size)
  if (isSame(view, ideal)) return view
  if (box === null || ideal.scale > view.scale / LEAST_SHARE) return ideal
  const seen = visibleBox(view, size)
  const isInside =
    box.left >= seen.left && box.right <= seen.right && box.top >= seen.top && box.bottom <= seen.bottom
  return isInside ? view : ideal
}

function isSame(a: MapView, b: MapView): boolean {
  return a.scale === b.scale && a.center.x === b.center.x && a.center.y === b.center.y
}

export function visibleBox({ center, scale }: MapView, { width, height }: MapSize): Box {
  const [halfWidth, halfHeight] = [width / 2 / scale, height / 2 / scale]
  return {
    left: center.x - halfWidth,
    right: center.x + halfWidth,
    top: center.y - halfHeight,
    bottom: center.y + halfHeight,
  }
}

/** The CSS pixel of a point, from the map's upper left corner. */
export function toMapPixel(
  point: MapPoint,
  { center, scale }: MapView,
  { width, height }: MapSize,
): MapPoint {
  return { x: (point.x - center.x) * scale + width / 2, y: (point.y - center.y) * scale + height / 2 }
}

/** Closer or farther around a CSS pixel. */
export function zoomMap(view: MapView, factor: number, at: MapPoint, size: MapSize): MapView {
  const smallest = Math.max(size.width, size.height)
  // From the whole world to about a centimetre per pixel.
  const scale = Math.min(4e9, Math.max(smallest, view.scale * factor))
  const fixed = {
    x: view.center.x + (at.x - size.width / 2) / view.scale,
    y: view.center.y + (at.y - size.height / 2) / view.scale,
  }
  return {
    scale,
    center: clampCenter({
      x: fixed.x - (at.x - size.width / 2) / scale,
      y: fixed.y - (at.y - size.height / 2) / scale,
    }),
  }
}

/** Moved by CSS pixels. */
export function panMap(view: MapView, dx: number, dy: number): MapView {
  const { center, scale } = view
  return { scale, center: clampCenter({ x: center.x - dx / scale, y: center.y - dy / scale }) }
}

function clampCenter({ x, y }: MapPoint): MapPoint {
  return { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) }
}

/** Metres on the ground per CSS pixel, in the middle of the map. */
export function metresPerPixel({ center, scale }: MapView): number {
  return metresPerUnit(center.y) / scale
}
