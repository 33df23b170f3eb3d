import type { TimeRange } from '@senio/protocol'
import { spanOf } from '../range.ts'
import type { Timeline } from '../timeline.ts'
import { centreAt, type Grip, moveGrip } from './overview-window.ts'

const STEP = 0.1
const FAR = 1
const ZOOM = 2

/**
 * A key pressed on a part of the overview's window: arrows move it (with Shift further), Home and End bring the window
 * to the ends of the history, + and − zoom.
 * @returns whether it meant something
 */
export function pressOverviewKey(
  timeline: Timeline,
  domain: TimeRange,
  grip: Exclude<Grip, 'outside'>,
  key: string,
  shift: boolean,
): boolean {
  const range = timeline.range.get()
  const by = spanOf(range) * (shift ? FAR : STEP)
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      timeline.zoomTo(moveGrip(range, grip, shift && grip === 'end' ? -by / 2 : -by), 'gesture')
      return true
    case 'ArrowRight':
    case 'ArrowUp':
      timeline.zoomTo(moveGrip(range, grip, shift && grip === 'start' ? by / 2 : by), 'gesture')
      return true
    case 'Home':
      timeline.zoomTo(centreAt(range, domain.from, domain))
      return true
    case 'End':
      timeline.zoomTo(centreAt(range, domain.to, domain))
      return true
    case '+':
    case '=':
      timeline.zoomBy(1 / ZOOM)
      return true
    case '-':
      timeline.zoomBy(ZOOM)
      return true
    case 'PageUp':
      timeline.turn(-1)
      return true
    case 'PageDown':
      timeline.turn(1)
      return true
    default:
      return false
  }
}
