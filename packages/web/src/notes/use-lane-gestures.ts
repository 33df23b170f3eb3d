import { type PointerEvent, useRef } from 'react'
import { rangeOf } from '../timeline/range.ts'
import { toTimeWithin } from '../timeline/time-scale.ts'
import { useTimeline } from '../timeline/timeline-context.ts'

/** Pixels that a pointer moves before it is a drag and not a click. */
const DRAG_FROM = 4

/** Clicks and drags over the lane: an instant, or a stretch that is marked across all tracks while it is dragged. */
export function useLaneGestures(onAdd: (from: number, to: number | null) => void) {
  const timeline = useTimeline()
  const start = useRef<{ readonly x: number; readonly t: number; isDrag: boolean } | null>(null)

  function timeAt(event: PointerEvent): number {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    return toTimeWithin(x, timeline.range.get(), timeline.plot.get())
  }

  function end(): void {
    start.current = null
    timeline.selection.set(null)
  }

  return {
    onPointerDown(event: PointerEvent) {
      const { button, target, currentTarget } = event
      // What opens from it is elsewhere on the page.
      if (button !== 0 || !(target instanceof Element) || !currentTarget.contains(target)) return
      if (target.closest('button') !== null) return
      event.currentTarget.setPointerCapture(event.pointerId)
      start.current = { x: event.clientX, t: timeAt(event), isDrag: false }
    },
    onPointerMove(event: PointerEvent) {
      const from = start.current
      if (from === null) return
      from.isDrag ||= Math.abs(event.clientX - from.x) >= DRAG_FROM
      if (from.isDrag) timeline.selection.set(rangeOf(from.t, timeAt(event)))
    },
    onPointerUp(event: PointerEvent) {
      const from = start.current
      if (from === null) return
      end()
      const { from: earlier, to: later } = rangeOf(from.t, timeAt(event))
      if (from.isDrag) onAdd(earlier, later)
      else onAdd(from.t, null)
    },
    onPointerCancel: end,
  }
}
