import { DAY, type DurationMs, HOUR, MINUTE, SECOND, type TimeRange, durationMs } from '@senio/protocol'

/** Widths that people read easily off a time axis, and that are made of few buckets of the pyramid's levels. */
const LADDER: readonly DurationMs[] = [
  ...steps(1, 1, 2, 5, 10, 20, 50, 100, 200, 500),
  ...steps(SECOND, 1, 2, 5, 10, 20, 30),
  ...steps(MINUTE, 1, 2, 3, 6, 12, 30),
  ...steps(HOUR, 1, 2, 3, 6, 12),
  ...steps(DAY, 1, 2, 4, 8, 16),
]

/**
 * The width of the buckets of a graph: the smallest of the ladder at which the range touches at most `points`
 * of them. Past 16 days the widths double.
 */
export function chooseBucket(range: TimeRange, points: number): DurationMs {
  let width = durationMs(1)
  for (width of LADDER) if (countBuckets(range, width) <= points) return width
  while (countBuckets(range, width) > points && width < Number.MAX_SAFE_INTEGER) width = durationMs(width * 2)
  return width
}

/** How many buckets, aligned to the epoch, a range touches. */
export function countBuckets({ from, to }: TimeRange, width: DurationMs): number {
  if (to <= from) return 0
  const first = bucketStart(from, width)
  const last = bucketStart(to, width)
  return (last - first) / width + (last < to ? 1 : 0)
}

/**
 * The start of the bucket that a timestamp is in: the greatest multiple of `width` not after it. Exact, unlike
 * a division, which can round up into the next bucket.
 */
export function bucketStart(timestamp: number, width: DurationMs): number {
  const rest = timestamp % width
  const start = timestamp - rest
  return rest < 0 ? start - width : start + 0
}

function steps(unit: number, ...multiples: readonly number[]): DurationMs[] {
  return multiples.map((multiple) => durationMs(unit * multiple))
}
