import type { TimeRange } from '@senio/protocol'
import { spanOf } from '../range.ts'
import { toTimeWithin } from '../time-scale.ts'
import type { Timeline } from '../timeline.ts'
import { centreAt, type Grip, gripAt, moveGrip, windowBox } from './overview-window.ts'

/** How far a grip reaches, in CSS pixels. */
const REACH = 10
const FINGER_REACH = 26

/**
 * A pointer over the overview: dragging the window moves it, its ends resize it, and pressing anywhere else brings it
 * there, from where it can be dragged on.
 * @param domain what the overview spans
 * @returns what ends it
 */
export function attachOverviewPointer(
  strip: HTMLElement,
  timeline: Timeline,
  domain: () => TimeRange,
): () => void {
  let drag: {
    readonly grip: Exclude<Grip, 'outside'>
    readonly startX: number
    readonly start: TimeRange
  } | null = null

  function gripUnder(event: PointerEvent): Grip {
    const box = windowBox(timeline.range.get(), domain(), timeline.plot.get())
    const reach = event.pointerType === 'touch' ? FINGER_REACH : REACH
    return gripAt(event.clientX - strip.getBoundingClientRect().left, box, reach)
  }

  function onDown(event: PointerEvent): void {
    const { left, width } = timeline.plot.get()
    const x = event.clientX - strip.getBoundingClientRect().left
    if (event.button !== 0 || drag !== null || x < left - REACH || x > left + width + REACH) return
    const found = gripUnder(event)
    if (found === 'outside') {
      const t = toTimeWithin(x, domain(), timeline.plot.get())
      timeline.zoomTo(centreAt(timeline.range.get(), t, domain()))
    }
    drag = { grip: found === 'outside' ? 'body' : found, startX: event.clientX, start: timeline.range.get() }
    strip.setPointerCapture(event.pointerId)
  }

  function onMove(event: PointerEvent): void {
    if (drag === null) {
      const grip = gripUnder(event)
      strip.dataset['grip'] = grip
      return
    }
    const by = ((event.clientX - drag.startX) / timeline.plot.get().width) * spanOf(domain())
    if (by !== 0) timeline.zoomTo(moveGrip(drag.start, drag.grip, by), 'gesture')
  }

  function onUp(): void {
    drag = null
  }

  const controller = new AbortController()
  const { signal } = controller
  strip.addEventListener('pointerdown', onDown, { signal })
  strip.addEventListener('pointermove', onMove, { signal })
  strip.addEventListener('pointerup', onUp, { signal })
  strip.addEventListener('pointercancel', onUp, { signal })
  return () => controller.abort()
}
