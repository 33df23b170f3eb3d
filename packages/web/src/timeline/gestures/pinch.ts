import { rangeOf } from '../range.ts'
import type { Timeline } from '../timeline.ts'
import type { StageScale } from './stage-scale.ts'

/** Fingers nearer to each other than this say nothing about the scale, CSS pixels. */
const NEAREST_FINGERS = 20

/**
 * Two fingers: the instants that are under them at the beginning stay under them.
 * @param starts where they are, as pixels of the window
 * @returns to be called with where they are now, after each movement
 */
export function pinch(
  timeline: Timeline,
  { pixelOf, timeAt }: StageScale,
  starts: Iterable<number>,
): (now: Iterable<number>) => void {
  const [a = 0, b = 0] = [...starts].map(timeAt)
  return (now) => {
    const [x1 = 0, x2 = 0] = [...now].map(pixelOf)
    const { left, width } = timeline.plot.get()
    if (Math.abs(x1 - x2) < NEAREST_FINGERS || Math.abs(a - b) < 1) return
    const msPerPixel = Math.abs((a - b) / (x1 - x2))
    const from = (a + b) / 2 - ((x1 + x2) / 2 - left) * msPerPixel
    timeline.zoomTo(rangeOf(from, from + width * msPerPixel), 'gesture')
  }
}
