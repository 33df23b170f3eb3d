import type { Rollup } from './rollup.ts'

/** A state over a bucket: the share of the time that it was 1, and the extremes of what it was. */
export interface Share {
  readonly min: number
  readonly mean: number
  readonly max: number
}

/**
 * What a state was over `[from, to)`.
 * @param rollup of its values there; its state is known
 * @param carried the state at `from`; null when there was no value before: then its time begins with the first
 * @param to at least the last value counts, even if it is later
 */
export function shareOf(
  { min, max, state }: Rollup,
  carried: number | null,
  from: number,
  to: number,
): Share {
  if (state === null) throw new RangeError('This is no rollup of a state.')
  const end = Math.max(to, state.last)
  const begin = carried === null ? state.first : from
  const on = (carried ?? 0) * (state.first - begin) + state.on + state.value * (end - state.last)
  const isCarried = carried !== null && state.first > from
  return {
    min: isCarried ? Math.min(carried, min) : min,
    mean: end > begin ? Math.min(1, on / (end - begin)) : state.value,
    max: isCarried ? Math.max(carried, max) : max,
  }
}
