import { type RefObject, useEffect, useEffectEvent } from 'react'
import { type MapSize, type MapView, panMap, zoomMap } from './map-view.ts'

const ZOOM_PER_PIXEL = 0.004

/** Dragging moves the map, double clicks and the wheel with Ctrl (or a pinch) zoom; otherwise the page scrolls. */
export function useMapGestures(
  frame: RefObject<HTMLElement | null>,
  view: MapView,
  size: MapSize,
  onView: (view: MapView) => void,
): void {
  const onPan = useEffectEvent((dx: number, dy: number) => onView(panMap(view, dx, dy)))
  const onZoom = useEffectEvent((factor: number, at: { x: number; y: number }) =>
    onView(zoomMap(view, factor, at, size)),
  )

  useEffect(() => {
    const { current } = frame
    if (current === null) return
    const controller = new AbortController()
    const { signal } = controller
    let last: { x: number; y: number } | null = null
    const pointOf = (event: MouseEvent): { x: number; y: number } => {
      const box = current.getBoundingClientRect()
      return { x: event.clientX - box.left, y: event.clientY - box.top }
    }
    const end = (): void => {
      last = null
    }
    current.addEventListener(
      'pointerdown',
      (event) => {
        if (event.button !== 0) return
        current.setPointerCapture(event.pointerId)
        last = pointOf(event)
      },
      { signal },
    )
    current.addEventListener(
      'pointermove',
      (event) => {
        if (last === null) return
        const point = pointOf(event)
        onPan(point.x - last.x, point.y - last.y)
        last = point
      },
      { signal },
    )
    current.addEventListener('pointerup', end, { signal })
    current.addEventListener('pointercancel', end, { signal })
    current.addEventListener('dblclick', (event) => onZoom(2, pointOf(event)), { signal })
    current.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return
        event.preventDefault()
        onZoom(Math.exp(-event.deltaY * ZOOM_PER_PIXEL), pointOf(event))
      },
      { signal, passive: false },
    )
    return () => controller.abort()
  }, [frame])
}
