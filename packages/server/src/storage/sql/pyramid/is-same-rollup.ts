import { type Rollup, SCALE } from './rollup.ts'

/** Sums differ in their last digits by the order in which they were added up. */
const TOLERANCE = 1e-9

/** Whether a stored rollup is the one that its values make, but for rounding. */
export function isSameRollup(stored: Rollup, made: Rollup): boolean {
  const largest = Math.max(Math.abs(made.min), Math.abs(made.max))
  return (
    stored.count === made.count &&
    stored.min === made.min &&
    stored.max === made.max &&
    Math.abs(stored.sum - made.sum) <= TOLERANCE * made.count * largest * SCALE &&
    stored.state?.first === made.state?.first &&
    stored.state?.last === made.state?.last &&
    stored.state?.value === made.state?.value &&
    Math.abs((stored.state?.on ?? 0) - (made.state?.on ?? 0)) <= TOLERANCE * (made.state?.on ?? 0) + 1e-6
  )
}
