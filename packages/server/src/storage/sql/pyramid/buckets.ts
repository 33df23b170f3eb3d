import type { DurationMs } from '@senio/protocol'
import { bucketStart } from '../bucket-ladder.ts'
import { copyOf, join, type Rollup, rollupOf, SCALE } from './rollup.ts'

/** Takes what a range is made of, in no order. */
export interface Sink {
  /** A single value; `number` is 0 for what is no number. */
  value(timestamp: number, number: number): void
  /** The rollup of a bucket that begins at a timestamp. */
  rollup(start: number, rollup: Rollup): void
}

/** The values of a graph's bucket within the range. */
export interface Bucket {
  readonly start: number
  readonly rollup: Rollup
}

/** Gathers the buckets of a graph from pieces in any order. */
export interface BucketSink extends Sink {
  /** Those that hold values, ascending. */
  buckets(): readonly Bucket[]
}

/** For what has no memory: pieces are added to their bucket as they come. */
export function unorderedBuckets(width: DurationMs): BucketSink {
  const found = new Map<number, Rollup>()
  // Pieces come in runs: most are in the bucket of the one before.
  let end = -Infinity
  let start = Infinity
  let current: Rollup | undefined
  const find = (at: number): Rollup | undefined => {
    if (at < start || at >= end) {
      start = bucketStart(at, width)
      end = start + width
      current = found.get(start)
    }
    return current
  }
  const open = (rollup: Rollup): void => {
    found.set(start, rollup)
    current = rollup
  }
  return {
    value(timestamp, number) {
      const bucket = find(timestamp)
      if (bucket === undefined) return open(rollupOf(timestamp, number, false))
      bucket.count++
      bucket.sum += number * SCALE
      if (number < bucket.min) bucket.min = number
      if (number > bucket.max) bucket.max = number
    },
    rollup(at, rollup) {
      const bucket = find(at)
      if (bucket === undefined) open(copyOf(rollup))
      else join(bucket, rollup)
    },
    buckets: () => sorted([...found].map(([at, rollup]) => ({ start: at, rollup }))),
  }
}

/** For states, which go on from one piece to the next: pieces are put in order first. */
export function orderedBuckets(width: DurationMs): BucketSink {
  const pieces: Bucket[] = []
  return {
    value: (timestamp, number) =>
      void pieces.push({ start: timestamp, rollup: rollupOf(timestamp, number, true) }),
    rollup: (start, rollup) => void pieces.push({ start, rollup }),
    buckets() {
      const joined: { start: number; rollup: Rollup }[] = []
      for (const piece of sorted(pieces)) {
        const start = bucketStart(piece.start, width)
        const last = joined.at(-1)
        if (last?.start === start) join(last.rollup, piece.rollup)
        else joined.push({ start, rollup: copyOf(piece.rollup) })
      }
      return joined
    },
  }
}

function sorted(buckets: readonly Bucket[]): readonly Bucket[] {
  return buckets.toSorted((a, b) => a.start - b.start)
}
