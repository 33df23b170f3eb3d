import { pan, spanOf } from '../range.ts'
import type { Timeline } from '../timeline.ts'

const FINE_STEP = 1 / 200
const COARSE_STEP = 1 / 20
const ZOOM_STEP = 0.5

/** The keys and what they do, for the help, as its texts are named. */
export const keyHelp = [
  ['keyArrows', 'moveCursor'],
  ['keyHomeEnd', 'cursorToEnds'],
  ['keyPlusMinus', 'zoomAtCursor'],
  ['keyPages', 'turnRange'],
  ['keyZero', 'backToNow'],
  ['keyEscape', 'letGo'],
  ['keySpace', 'playPause'],
  ['keyCommaPoint', 'pictureSteps'],
  ['keyN', 'noteAtCursor'],
  ['keyQuestion', 'showHelp'],
] as const

/**
 * A key pressed in the tracks of a view.
 * @returns whether it meant something; then the browser shouldn't act on it
 */
export function pressKey(timeline: Timeline, key: string, shift: boolean): boolean {
  const range = timeline.range.get()
  const step = spanOf(range) * (shift ? COARSE_STEP : FINE_STEP)
  switch (key) {
    case 'ArrowLeft':
      moveCursor(timeline, timeline.instant() - step)
      return true
    case 'ArrowRight':
      moveCursor(timeline, timeline.instant() + step)
      return true
    case 'Home':
      moveCursor(timeline, range.from)
      return true
    case 'End':
      moveCursor(timeline, range.to)
      return true
    case '+':
    case '=':
      timeline.zoomBy(ZOOM_STEP)
      return true
    case '-':
      timeline.zoomBy(1 / ZOOM_STEP)
      return true
    case 'PageUp':
      timeline.turn(-1)
      return true
    case 'PageDown':
      timeline.turn(1)
      return true
    case '0':
      timeline.toNow()
      return true
    case 'Escape':
      if (timeline.pinned.get() === null) return false
      timeline.pin(null)
      return true
    default:
      return false
  }
}

/** The range follows a cursor that leaves it. */
function moveCursor(timeline: Timeline, t: number): void {
  const range = timeline.range.get()
  const out = t < range.from ? t - range.from : t > range.to ? t - range.to : 0
  if (out !== 0) {
    const moved = pan(range, out)
    timeline.zoomTo(moved, 'gesture')
  }
  timeline.pin(t)
}
