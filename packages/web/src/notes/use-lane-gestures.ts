import { type PointerEvent, useRef } from 'react'
import { rangeOf } from '../timeline/range.ts'
import { toTimeWithin } from '../timeline/time-scale.ts'
import { useTimeline } from '../timeline/timeline-context.ts'

/** Pixels that a pointer moves before it is a drag and not a click. */
const DRAG_FROM = 4

interface Start {
  readonly x: number
  readonly t: number
  /** A click opens it. */
  readonly isOnFlag: boolean
  isDrag: boolean
}

/** Clicks and drags over the lane: an instant, or a stretch that is marked across all tracks while it is dragged. */
export function useLaneGestures(onAdd: (from: number, to: number | null) => void) {
  const timeline = useTimeline()
  const start = useRef<Start | null>(null)

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
      const isOnFlag = target.closest('button') !== null
      start.current = { x: event.clientX, t: timeAt(event), isOnFlag, isDrag: false }
    },
    onPointerMove(event: PointerEvent) {
      const from = start.current
      if (from === null) return
      // It was let go of elsewhere.
      if (event.buttons === 0) return end()
      if (!from.isDrag && Math.abs(event.clientX - from.x) >= DRAG_FROM) {
        from.isDrag = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }
      if (from.isDrag) timeline.selection.set(rangeOf(from.t, timeAt(event)))
    },
    onPointerUp(event: PointerEvent) {
      const from = start.current
      if (from === null) return
      end()
      const { from: earlier, to: later } = rangeOf(from.t, timeAt(event))
      if (from.isDrag) onAdd(earlier, later)
      else if (!from.isOnFlag) onAdd(from.t, null)
    },
    onPointerCancel: end,
  }
}
