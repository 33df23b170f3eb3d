import { DAY, type DurationMs, durationMs, HOUR, MINUTE, SECOND } from '@senio/protocol'
import { bucketStart } from '../bucket-ladder.ts'

/**
 * The pyramid of rollups: each level's buckets are aligned to the epoch and are made of whole buckets of the
 * level below. A bucket of the top level has a row when it holds values. A bucket below has one when it holds
 * values and its parent holds more than `CAPACITY` of them; a bucket without rows below is a leaf, and whoever
 * needs it finer reads its values. So a field has as many rows as suit its rate: one a minute for one value a
 * second, one in six hours for one in five minutes.
 */
export const LEVELS: readonly DurationMs[] = [
  SECOND,
  durationMs(10 * SECOND),
  MINUTE,
  durationMs(6 * MINUTE),
  HOUR,
  durationMs(6 * HOUR),
  durationMs(2 * DAY),
  durationMs(16 * DAY),
]

/** The level of the widest buckets. */
export const TOP = LEVELS.length - 1

/**
 * Most values of a bucket without rows below it. A row takes about twice the space of a value: with fewer values
 * to a row, rollups would weigh as much as what they summarise.
 */
export const CAPACITY = 80

/** Width of a level's buckets. @throws RangeError for what is no level */
export function widthOf(level: number): DurationMs {
  const width = LEVELS[level]
  if (width === undefined) throw new RangeError(`There is no level ${level}.`)
  return width
}

/** The start of the bucket of a level that a timestamp is in. */
export function startAt(level: number, timestamp: number): number {
  return bucketStart(timestamp, widthOf(level))
}

/** The first start of a bucket of a level at or after a timestamp. */
export function ceilTo(level: number, timestamp: number): number {
  const start = startAt(level, timestamp)
  return start === timestamp ? start : start + widthOf(level)
}

/** The coarsest level whose buckets make up buckets of a graph; -1 when even the finest is too wide. */
export function levelFor(bucket: DurationMs): number {
  return LEVELS.findLastIndex((width) => bucket % width === 0)
}
