import type { TimeRange } from '@senio/protocol'
import { rangeOf, spanOf } from '../range.ts'
import { toTimeWithin } from '../time-scale.ts'
import type { Timeline } from '../timeline.ts'

/** Pixels that a pointer moves before it is a drag and not a click. */
const DRAG_FROM = 4
/** A stretch narrower than this was marked by accident. */
const NARROWEST_SELECTION = 8
const DOUBLE_CLICK_FACTOR = 3

/**
 * Where pointers act: parts of the stage say so by `data-drag`. `zoom`: dragging marks a stretch, on touch screens it
 * moves the cursor. `pan`: dragging moves the range.
 */
type DragKind = 'zoom' | 'pan'

type Drag =
  | { readonly kind: 'mark' | 'scrub'; readonly startX: number; readonly moved: boolean }
  | { readonly kind: 'pan'; readonly startX: number; readonly start: TimeRange; readonly moved: boolean }

/**
 * Pointers over the tracks of a view: hovering moves the cursor, clicking keeps it, dragging zooms, dragging with Shift
 * or on the axis or pictures pans, two fingers pan and pinch, a double click zooms out.
 * @returns what ends it
 */
export function attachPointerGestures(stage: HTMLElement, timeline: Timeline): () => void {
  /** Client x of each finger that is down. */
  const fingers = new Map<number, number>()
  let drag: Drag | null = null
  let pinch: { readonly a: number; readonly b: number; readonly start: TimeRange } | null = null
  let wasDragged = false

  const pixelOf = (clientX: number): number => clientX - stage.getBoundingClientRect().left
  const timeAt = (clientX: number): number =>
    toTimeWithin(pixelOf(clientX), timeline.range.get(), timeline.plot.get())

  function isWithinPlot(event: PointerEvent | MouseEvent): boolean {
    const { left, width } = timeline.plot.get()
    const x = pixelOf(event.clientX)
    return x >= left - 1 && x <= left + width + 1
  }

  function isOverPlot(event: PointerEvent | MouseEvent): boolean {
    return dragKindOf(event.target) !== null && isWithinPlot(event)
  }

  function onDown(event: PointerEvent): void {
    const over = dragKindOf(event.target)
    if (over === null || event.button !== 0) return
    wasDragged = false
    if (event.pointerType === 'touch') {
      fingers.set(event.pointerId, event.clientX)
      if (fingers.size === 2) return startPinch()
      if (fingers.size > 2) return
    }
    const kind = over === 'pan' || event.shiftKey ? 'pan' : event.pointerType === 'touch' ? 'scrub' : 'mark'
    if (kind !== 'pan' && !isOverPlot(event)) return
    drag =
      kind === 'pan'
        ? { kind, startX: event.clientX, start: timeline.range.get(), moved: false }
        : { kind, startX: event.clientX, moved: false }
  }

  function startPinch(): void {
    const [a = 0, b = 0] = fingers.values()
    drag = null
    timeline.selection.set(null)
    pinch = { a: timeAt(a), b: timeAt(b), start: timeline.range.get() }
    for (const id of fingers.keys()) stage.setPointerCapture(id)
  }

  function onMove(event: PointerEvent): void {
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, event.clientX)
    if (pinch !== null) return movePinch()
    if (drag === null) {
      if (event.pointerType !== 'touch') timeline.hover(isWithinPlot(event) ? timeAt(event.clientX) : null)
      return
    }
    if (!drag.moved) {
      if (Math.abs(event.clientX - drag.startX) < DRAG_FROM) return
      drag = { ...drag, moved: true }
      wasDragged = true
      stage.setPointerCapture(event.pointerId)
    }
    moveDrag(drag, event)
  }

  function moveDrag(current: Drag, event: PointerEvent): void {
    if (current.kind === 'pan') {
      timeline.hover(null)
      const by = -((event.clientX - current.startX) / timeline.plot.get().width) * spanOf(current.start)
      timeline.zoomTo(rangeOf(current.start.from + by, current.start.to + by), 'gesture')
      return
    }
    const t = timeAt(event.clientX)
    timeline.hover(t)
    if (current.kind === 'mark') timeline.selection.set(rangeOf(timeAt(current.startX), t))
  }

  /** Keeps the instant under each finger. */
  function movePinch(): void {
    if (pinch === null) return
    const [x1 = 0, x2 = 0] = [...fingers.values()].map(pixelOf)
    const { left, width } = timeline.plot.get()
    if (Math.abs(x1 - x2) < 20 || Math.abs(pinch.a - pinch.b) < 1) return
    const msPerPixel = Math.abs((pinch.a - pinch.b) / (x1 - x2))
    const from = (pinch.a + pinch.b) / 2 - ((x1 + x2) / 2 - left) * msPerPixel
    timeline.zoomTo(rangeOf(from, from + width * msPerPixel), 'gesture')
  }

  function onUp(event: PointerEvent): void {
    fingers.delete(event.pointerId)
    if (pinch !== null) {
      if (fingers.size < 2) pinch = null
      drag = null
      return
    }
    if (drag === null) return
    const ended = drag
    drag = null
    if (ended.kind === 'pan') {
      if (event.pointerType !== 'touch') timeline.hover(timeAt(event.clientX))
      return
    }
    if (ended.kind === 'scrub' || !ended.moved) {
      const t = timeAt(event.clientX)
      if (event.pointerType === 'touch') timeline.hover(null)
      timeline.pin(t)
      return
    }
    timeline.selection.set(null)
    if (Math.abs(event.clientX - ended.startX) < NARROWEST_SELECTION) return
    timeline.zoomTo(rangeOf(timeAt(ended.startX), timeAt(event.clientX)))
    timeline.hover(timeAt(event.clientX))
  }

  function cancel(): void {
    fingers.clear()
    drag = null
    pinch = null
    timeline.selection.set(null)
    timeline.hover(null)
  }

  function onLeave(event: PointerEvent): void {
    if (drag === null && event.pointerType !== 'touch') timeline.hover(null)
  }

  function onDoubleClick(event: MouseEvent): void {
    if (!isOverPlot(event)) return
    timeline.zoomBy(DOUBLE_CLICK_FACTOR, timeAt(event.clientX))
    timeline.hover(timeAt(event.clientX))
  }

  /** A drag that began on a picture doesn't open it. */
  function onClick(event: MouseEvent): void {
    if (!wasDragged) return
    wasDragged = false
    event.preventDefault()
    event.stopPropagation()
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && drag !== null) cancel()
  }

  const controller = new AbortController()
  const { signal } = controller
  stage.addEventListener('pointerdown', onDown, { signal })
  stage.addEventListener('pointermove', onMove, { signal })
  stage.addEventListener('pointerup', onUp, { signal })
  stage.addEventListener('pointercancel', cancel, { signal })
  stage.addEventListener('pointerleave', onLeave, { signal })
  stage.addEventListener('dblclick', onDoubleClick, { signal })
  stage.addEventListener('click', onClick, { signal, capture: true })
  // Pictures and links would be dragged away.
  stage.addEventListener('dragstart', (event) => event.preventDefault(), { signal })
  window.addEventListener('keydown', onKey, { signal })
  return () => controller.abort()
}

function dragKindOf(target: EventTarget | null): DragKind | null {
  if (!(target instanceof Element)) return null
  const kind = target.closest<HTMLElement>('[data-drag]')?.dataset['drag']
  return kind === 'zoom' || kind === 'pan' ? kind : null
}
