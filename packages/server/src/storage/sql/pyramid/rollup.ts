/**
 * The values of a bucket in a few numbers. Never subtracted from: what is replaced or deleted is summarised anew,
 * so that neither rounding nor an extreme that is gone stays behind.
 */
export interface Rollup {
  /** At least 1. */
  count: number
  /** Of the values, at `SCALE` of their size; 0 for what has no numbers. */
  sum: number
  min: number
  max: number
  /** For states; null for everything else. */
  state: StateRollup | null
}

/** What a state did between its first and its last value in a bucket. */
export interface StateRollup {
  /** Timestamps of the first and last value. */
  first: number
  last: number
  /** The last value: 1 or 0. */
  value: number
  /** Milliseconds from `first` to `last` in which it was 1. */
  on: number
}

/** A power of two, so that scaling is exact: four thousand million times 1e308 still isn't infinite. */
export const SCALE = 2 ** -32

/** The rollup of one value. @param number what it counts as; 0 for what is no number */
export function rollupOf(timestamp: number, number: number, isState: boolean): Rollup {
  return {
    count: 1,
    sum: number * SCALE,
    min: number,
    max: number,
    state: isState ? { first: timestamp, last: timestamp, value: number, on: 0 } : null,
  }
}

/** Joins to `into` what lies after it in time. */
export function join(into: Rollup, later: Rollup): void {
  into.count += later.count
  into.sum += later.sum
  into.min = Math.min(into.min, later.min)
  into.max = Math.max(into.max, later.max)
  const { state } = into
  if (state === null || later.state === null) return
  state.on += state.value * (later.state.first - state.last) + later.state.on
  state.last = later.state.last
  state.value = later.state.value
}

/** Joins one value that lies after what `into` holds: as `join` with `rollupOf`, without making one. */
export function joinValue(into: Rollup, timestamp: number, number: number): void {
  into.count++
  into.sum += number * SCALE
  into.min = Math.min(into.min, number)
  into.max = Math.max(into.max, number)
  const { state } = into
  if (state === null) return
  state.on += state.value * (timestamp - state.last)
  state.last = timestamp
  state.value = number
}

/** A copy that can be joined to without changing the original. */
export function copyOf(rollup: Rollup): Rollup {
  return { ...rollup, state: rollup.state === null ? null : { ...rollup.state } }
}

/** The mean of the values; within min and max, past which rounding can carry the mean of equal values. */
export function meanOf({ sum, count, min, max }: Rollup): number {
  return Math.min(max, Math.max(min, sum / count / SCALE))
}
