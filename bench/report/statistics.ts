/**
 * @param sorted ascending
 * @param percent 0 to 100; the value at the nearest rank
 * @returns NaN when there are no values
 */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length))
  return sorted[rank - 1] ?? Number.NaN
}

/** Of an even number of values the mean of the middle two; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper
}

/** The least and the greatest. */
export function spread(values: readonly number[]): readonly [least: number, greatest: number] {
  return [Math.min(...values), Math.max(...values)]
}

/**
 * Of two things measured in the same rounds, the ratio of each round: what disturbs a round disturbs both, so their
 * ratios spread less than their values. Rounds that one of them lacks are left out.
 */
export function ratiosByRound(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours
    .slice(0, theirs.length)
    .map((value, round) => value / (theirs[round] ?? Number.NaN))
    .filter((ratio) => Number.isFinite(ratio))
}
