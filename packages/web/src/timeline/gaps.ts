/** A pause this many times longer than usual is a gap: nothing is drawn across it. */
const GAP_FACTOR = 5
/** So many intervals on each side say what is usual around a pause. */
const NEIGHBOURS = 4

/** The longest time in ms after a value, given by its index, that is no gap. */
export type LongestPause = (index: number) => number

/**
 * Tells gaps from pauses. What is usual is learned from the intervals around each pause, since devices change their
 * rate; of devices that send in bursts it is the pause between bursts. Where nothing can be learned there are no gaps.
 * @param t ascending, ms since the epoch
 * @param bucket width in ms of the buckets that `t` are the starts of, 0 for raw values
 */
export function pausesOf(t: readonly number[], bucket: number): LongestPause {
  return (index) => {
    const intervals: number[] = []
    const first = Math.max(0, index - NEIGHBOURS)
    const last = Math.min(t.length - 2, index + NEIGHBOURS)
    for (let i = first; i <= last; i++) {
      if (i !== index) intervals.push((t[i + 1] ?? 0) - (t[i] ?? 0))
    }
    intervals.sort((a, b) => a - b)
    // A little above the median.
    const usual = intervals[Math.floor((intervals.length * 2) / 3)]
    if (usual === undefined) return bucket > 0 ? bucket * GAP_FACTOR : Number.POSITIVE_INFINITY
    return Math.max(usual, bucket) * GAP_FACTOR
  }
}
