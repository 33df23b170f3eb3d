import type { Timeline } from '../timeline.ts'
import { type Drag, mark, pan, scrub } from './drags.ts'
import { pinch } from './pinch.ts'
import { type StageScale, stageScale } from './stage-scale.ts'

/** Pixels that a pointer moves before it is a drag and not a click. */
const DRAG_FROM = 4
const DOUBLE_CLICK_FACTOR = 3

/**
 * Where pointers act: parts of the stage say so by `data-drag`. `zoom`: dragging marks a stretch, on touch screens it
 * moves the cursor. `pan`: dragging moves the range.
 */
type DragKind = 'zoom' | 'pan'

/**
 * Pointers over the tracks of a view: hovering moves the cursor, clicking keeps it, dragging zooms, dragging with Shift
 * or on the axis or pictures pans, two fingers pan and pinch, a double click zooms out.
 * @returns what ends it
 */
export function attachPointerGestures(stage: HTMLElement, timeline: Timeline): () => void {
  const gestures = new PointerGestures(stage, timeline)
  const controller = new AbortController()
  const { signal } = controller
  stage.addEventListener('pointerdown', gestures.onDown, { signal })
  stage.addEventListener('pointermove', gestures.onMove, { signal })
  stage.addEventListener('pointerup', gestures.onUp, { signal })
  stage.addEventListener('pointercancel', gestures.cancel, { signal })
  stage.addEventListener('pointerleave', gestures.onLeave, { signal })
  stage.addEventListener('dblclick', gestures.onDoubleClick, { signal })
  stage.addEventListener('click', gestures.onClick, { signal, capture: true })
  // Pictures and links would be dragged away.
  stage.addEventListener('dragstart', (event) => event.preventDefault(), { signal })
  window.addEventListener('keydown', gestures.onKey, { signal })
  return () => controller.abort()
}

/** Which gesture is under way. */
class PointerGestures {
  readonly #stage: HTMLElement
  readonly #timeline: Timeline
  readonly #scale: StageScale
  /** Client x of each finger that is down. */
  readonly #fingers = new Map<number, number>()
  #drag: Drag | null = null
  #movePinch: ReturnType<typeof pinch> | null = null
  /** Whether the pointer that is down, or was last, has moved farther than a click does. */
  #hasMoved = false

  constructor(stage: HTMLElement, timeline: Timeline) {
    this.#stage = stage
    this.#timeline = timeline
    this.#scale = stageScale(stage, timeline)
  }

  readonly onDown = (event: PointerEvent): void => {
    const over = dragKindOf(event.target)
    if (over === null || event.button !== 0) return
    this.#hasMoved = false
    const { clientX, pointerType, pointerId } = event
    const isTouch = pointerType === 'touch'
    if (isTouch) {
      this.#fingers.set(pointerId, clientX)
      if (this.#fingers.size === 2) return this.#startPinch()
      if (this.#fingers.size > 2) return
    }
    if (over === 'pan' || event.shiftKey) this.#drag = pan(this.#timeline, this.#scale, clientX, isTouch)
    else if (this.#scale.isWithinPlot(clientX)) {
      this.#drag = (isTouch ? scrub : mark)(this.#timeline, this.#scale, clientX)
    }
  }

  readonly onMove = (event: PointerEvent): void => {
    const { clientX, pointerType, pointerId } = event
    if (this.#fingers.has(pointerId)) this.#fingers.set(pointerId, clientX)
    if (this.#movePinch !== null) return this.#movePinch(this.#fingers.values())
    if (this.#drag === null) {
      const { isWithinPlot, timeAt } = this.#scale
      if (pointerType !== 'touch') this.#timeline.hover(isWithinPlot(clientX) ? timeAt(clientX) : null)
      return
    }
    if (!this.#hasMoved) {
      if (Math.abs(clientX - this.#drag.startX) < DRAG_FROM) return
      this.#hasMoved = true
      this.#stage.setPointerCapture(pointerId)
    }
    this.#drag.move(clientX)
  }

  readonly onUp = ({ clientX, pointerId }: PointerEvent): void => {
    this.#fingers.delete(pointerId)
    const ended = this.#drag
    this.#drag = null
    if (this.#movePinch === null) ended?.end(clientX, this.#hasMoved)
    else if (this.#fingers.size < 2) this.#movePinch = null
  }

  readonly onLeave = ({ pointerType }: PointerEvent): void => {
    if (this.#drag === null && pointerType !== 'touch') this.#timeline.hover(null)
  }

  readonly onDoubleClick = ({ target, clientX }: MouseEvent): void => {
    if (dragKindOf(target) === null || !this.#scale.isWithinPlot(clientX)) return
    this.#timeline.zoomBy(DOUBLE_CLICK_FACTOR, this.#scale.timeAt(clientX))
    this.#timeline.hover(this.#scale.timeAt(clientX))
  }

  /** A drag that began on a picture doesn't open it. */
  readonly onClick = (event: MouseEvent): void => {
    if (!this.#hasMoved) return
    this.#hasMoved = false
    event.preventDefault()
    event.stopPropagation()
  }

  readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.#drag !== null) this.cancel()
  }

  readonly cancel = (): void => {
    this.#fingers.clear()
    this.#drag = null
    this.#movePinch = null
    this.#timeline.selection.set(null)
    this.#timeline.hover(null)
  }

  #startPinch(): void {
    this.#drag = null
    this.#timeline.selection.set(null)
    this.#movePinch = pinch(this.#timeline, this.#scale, this.#fingers.values())
    for (const id of this.#fingers.keys()) this.#stage.setPointerCapture(id)
  }
}

function dragKindOf(target: EventTarget | null): DragKind | null {
  if (!(target instanceof Element)) return null
  const kind = target.closest<HTMLElement>('[data-drag]')?.dataset['drag']
  return kind === 'zoom' || kind === 'pan' ? kind : null
}
