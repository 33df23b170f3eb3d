/** A pause this many times longer than usual is a gap: nothing is drawn across it. */
const GAP_FACTOR = 4
/** Enough intervals to know what is usual. */
const MOST_SAMPLES = 2000

/**
 * The usual interval between instants, in ms; null for fewer than two. A little above the median: of devices that
 * send in bursts it is the pause between bursts.
 * @param t ascending
 */
export function usualInterval(t: readonly number[]): number | null {
  if (t.length < 2) return null
  const stride = Math.max(1, Math.floor(t.length / MOST_SAMPLES))
  const intervals: number[] = []
  for (let i = 1; i < t.length; i += stride) intervals.push((t[i] ?? 0) - (t[i - 1] ?? 0))
  intervals.sort((a, b) => a - b)
  return intervals[Math.floor(intervals.length * 0.6)] ?? null
}

/**
 * Pauses longer than this many ms are gaps; Infinity when nothing can be said.
 * @param t ascending
 * @param bucket width of the buckets that `t` are the starts of, 0 for raw values
 */
export function gapThreshold(t: readonly number[], bucket: number): number {
  const usual = usualInterval(t)
  if (usual === null) return bucket > 0 ? bucket * GAP_FACTOR : Number.POSITIVE_INFINITY
  return Math.max(usual, bucket) * GAP_FACTOR
}
