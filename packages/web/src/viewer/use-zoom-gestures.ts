import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import { fit, isZoomed, type Size, within, type Zoom, zoomAround } from './zoom.ts'

/** A swipe this far pages. */
const SWIPE_PIXELS = 56
const ZOOM_PER_PIXEL = 0.002
const STEP = 1.5

export interface ZoomGestures {
  readonly zoom: Zoom
  readonly isZoomed: boolean
  /** How far a swipe has moved the picture, CSS pixels. */
  readonly swiped: number
  /** Between the whole picture and one pixel for one of the screen. */
  readonly toggle: () => void
  readonly stepBy: (direction: -1 | 1) => void
  /** Moves on to what lies beyond an edge, by shares of the stage: x 1 is to the right. */
  readonly panBy: (x: number, y: number) => void
}

/**
 * Wheel, pinch, drag, double click and swipes over a picture.
 * @param picture its pixels; the zoom starts anew when they change
 * @param onSwipe 1: to the next
 */
export function useZoomGestures(
  element: RefObject<HTMLElement | null>,
  picture: Size,
  stage: Size,
  onSwipe: (direction: -1 | 1) => void,
): ZoomGestures {
  // null: the whole picture, also when the stage changes.
  const [chosen, setChosen] = useState<Zoom | null>(null)
  const [swiped, setSwiped] = useState(0)
  const zoom = chosen === null ? fit(picture, stage) : within(chosen, picture, stage)
  const zoomed = isZoomed(zoom, picture, stage)

  function choose(next: Zoom): void {
    setChosen(isZoomed(next, picture, stage) || next.scale < fit(picture, stage).scale ? next : null)
  }

  function zoomTo(scale: number, point = { x: 0, y: 0 }): void {
    choose(zoomAround(zoom, scale, point, picture, stage))
  }

  function toggleAt(point?: { x: number; y: number }): void {
    if (chosen === null) zoomTo(1 / devicePixelRatio, point)
    else setChosen(null)
  }

  const onWheel = useEffectEvent((dy: number, point: { x: number; y: number }) =>
    zoomTo(zoom.scale * Math.exp(-dy * ZOOM_PER_PIXEL), point),
  )
  const onPan = useEffectEvent((dx: number, dy: number) => {
    if (zoomed) choose(within({ ...zoom, x: zoom.x + dx, y: zoom.y + dy }, picture, stage))
    else setSwiped((old) => old + dx)
  })
  const onPinch = useEffectEvent((factor: number, point: { x: number; y: number }) =>
    zoomTo(zoom.scale * factor, point),
  )
  const onRelease = useEffectEvent(() => {
    if (Math.abs(swiped) > SWIPE_PIXELS) onSwipe(swiped < 0 ? 1 : -1)
    setSwiped(0)
  })
  const onDouble = useEffectEvent(toggleAt)

  useEffect(() => {
    const target = element.current
    if (target === null) return
    const fingers = new Map<number, { x: number; y: number }>()
    const controller = new AbortController()
    const { signal } = controller

    function pointOf(event: MouseEvent): { x: number; y: number } {
      const box = (event.currentTarget as Element).getBoundingClientRect()
      return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 }
    }
    function down(event: PointerEvent): void {
      if (event.button !== 0) return
      target?.setPointerCapture(event.pointerId)
      fingers.set(event.pointerId, pointOf(event))
    }
    function move(event: PointerEvent): void {
      const old = fingers.get(event.pointerId)
      if (old === undefined) return
      const point = pointOf(event)
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1]
      fingers.set(event.pointerId, point)
      if (other === undefined) return onPan(point.x - old.x, point.y - old.y)
      const apart = (a: { x: number; y: number }): number =>
        Math.max(1, Math.hypot(a.x - other.x, a.y - other.y))
      onPinch(apart(point) / apart(old), { x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 })
    }
    function up(event: PointerEvent): void {
      if (fingers.delete(event.pointerId) && fingers.size === 0) onRelease()
    }

    target.addEventListener('pointerdown', down, { signal })
    target.addEventListener('pointermove', move, { signal })
    target.addEventListener('pointerup', up, { signal })
    target.addEventListener('pointercancel', up, { signal })
    target.addEventListener('dblclick', (event) => onDouble(pointOf(event)), { signal })
    target.addEventListener('dragstart', (event) => event.preventDefault(), { signal })
    target.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault()
        onWheel(event.deltaY, pointOf(event))
      },
      { signal, passive: false },
    )
    return () => controller.abort()
  }, [element])

  return {
    zoom,
    isZoomed: chosen !== null,
    swiped,
    toggle: () => toggleAt(),
    panBy: (x, y) =>
      choose(within({ ...zoom, x: zoom.x - x * stage.width, y: zoom.y - y * stage.height }, picture, stage)),
    stepBy: (direction) => zoomTo(zoom.scale * STEP ** direction),
  }
}
