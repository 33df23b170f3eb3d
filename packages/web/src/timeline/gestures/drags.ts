import { rangeOf, spanOf } from '../range.ts'
import type { Timeline } from '../timeline.ts'
import type { StageScale } from './stage-scale.ts'

/** A stretch narrower than this was marked by accident, CSS pixels. */
const NARROWEST_SELECTION = 8

/** What a pointer does while it is down. Pixels across are those of the window. */
export interface Drag {
  readonly startX: number
  /** To be called from when it has moved farther than a click does. */
  readonly move: (x: number) => void
  /** @param hasMoved false for a click */
  readonly end: (x: number, hasMoved: boolean) => void
}

/** Moves the range with the pointer. */
export function pan(timeline: Timeline, scale: StageScale, startX: number, isTouch: boolean): Drag {
  const start = timeline.range.get()
  return {
    startX,
    move(x) {
      timeline.hover(null)
      const by = -((x - startX) / timeline.plot.get().width) * spanOf(start)
      timeline.zoomTo(rangeOf(start.from + by, start.to + by), 'gesture')
    },
    end(x) {
      if (!isTouch) timeline.hover(scale.timeAt(x))
    },
  }
}

/** Takes the cursor along under a finger, and keeps it where that is lifted. */
export function scrub(timeline: Timeline, { timeAt }: StageScale, startX: number): Drag {
  return {
    startX,
    move: (x) => timeline.hover(timeAt(x)),
    end(x) {
      const t = timeAt(x)
      timeline.hover(null)
      timeline.pin(t)
    },
  }
}

/** Marks a stretch and zooms into it; a click keeps the cursor. */
export function mark(timeline: Timeline, { timeAt }: StageScale, startX: number): Drag {
  return {
    startX,
    move(x) {
      const t = timeAt(x)
      timeline.hover(t)
      timeline.selection.set(rangeOf(timeAt(startX), t))
    },
    end(x, hasMoved) {
      if (!hasMoved) {
        timeline.pin(timeAt(x))
        return
      }
      timeline.selection.set(null)
      if (Math.abs(x - startX) < NARROWEST_SELECTION) return
      timeline.zoomTo(rangeOf(timeAt(startX), timeAt(x)))
      timeline.hover(timeAt(x))
    },
  }
}
