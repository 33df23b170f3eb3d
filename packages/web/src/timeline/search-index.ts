/**
 * The index of the last entry at or before `t`; -1 when all are later.
 * @param times ascending
 */
export function indexAtOrBefore(times: ArrayLike<number>, t: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? 0) <= t) low = middle + 1
    else high = middle
  }
  return low - 1
}
