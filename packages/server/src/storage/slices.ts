import type { TimeRange } from '@senio/protocol'

/** Where the slice `index` of `count` equal slices of a range begins; at `count`, the range's end. */
export function sliceStart({ from, to }: TimeRange, index: number, count: number): number {
  return index === count ? to : from + ((to - from) * index) / count
}

/** The index of the slice that a timestamp of the range is in. */
export function sliceOf(range: TimeRange, timestamp: number, count: number): number {
  const { from, to } = range
  let index = Math.min(count - 1, Math.floor(((timestamp - from) / (to - from)) * count))
  // The division rounds: the slices' starts decide.
  while (index > 0 && timestamp < sliceStart(range, index, count)) index--
  while (index < count - 1 && timestamp >= sliceStart(range, index + 1, count)) index++
  return index
}
