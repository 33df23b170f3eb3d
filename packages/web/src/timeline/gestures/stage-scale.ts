import { toTimeWithin } from '../time-scale.ts'
import type { Timeline } from '../timeline.ts'

/** Where pointers are on the stage of the tracks. Pixels across are those of the window (`clientX`). */
export interface StageScale {
  /** Pixels from the left edge of the stage. */
  readonly pixelOf: (clientX: number) => number
  /** The instant there, ms since the epoch; beyond the plot that of its edge. */
  readonly timeAt: (clientX: number) => number
  /** Whether it is over the times, and not over what names the tracks. */
  readonly isWithinPlot: (clientX: number) => boolean
}

export function stageScale(stage: HTMLElement, timeline: Timeline): StageScale {
  const pixelOf = (clientX: number): number => clientX - stage.getBoundingClientRect().left
  return {
    pixelOf,
    timeAt: (clientX) => toTimeWithin(pixelOf(clientX), timeline.range.get(), timeline.plot.get()),
    isWithinPlot(clientX) {
      const { left, width } = timeline.plot.get()
      const x = pixelOf(clientX)
      return x >= left - 1 && x <= left + width + 1
    },
  }
}
