import { CAPACITY, LEVELS, startAt, TOP, widthOf } from './levels.ts'
import { isSameRollup } from './is-same-rollup.ts'
import { join, joinValue, type Rollup, rollupOf } from './rollup.ts'

/** A row of the pyramid. */
export interface PyramidRow {
  readonly level: number
  readonly start: number
  readonly rollup: Rollup
}

interface OpenBucket {
  readonly start: number
  readonly end: number
  readonly rollup: Rollup
  /** Starts of the first buckets in it that have a row, and that have none: which of them is right, its end tells. */
  present: number | null
  absent: number | null
}

/** Rows of a level that are kept, and how many of them have been held against values. */
interface Queue {
  rows: PyramidRow[]
  taken: number
}

/**
 * Holds the rows of a field's pyramid against the values that they summarise, both as they are read: it needs no more
 * memory for a bucket of millions of values than for one of ten.
 */
export class PyramidCheck {
  readonly #open: (OpenBucket | undefined)[] = LEVELS.map(() => undefined)
  readonly #kept: readonly Queue[] = LEVELS.map(() => ({ rows: [], taken: 0 }))
  readonly #isState: boolean
  readonly #report: (row: string, what: string) => void

  /** @param report told which row, and what is wrong with it */
  constructor(isState: boolean, report: (row: string, what: string) => void) {
    this.#isState = isState
    this.#report = report
  }

  /** Rows that are kept, ascending by start within each level: to be given before the values of their buckets. */
  rows(rows: readonly PyramidRow[]): void {
    for (const queue of this.#kept) {
      if (queue.taken === 0) continue
      queue.rows = queue.rows.slice(queue.taken)
      queue.taken = 0
    }
    for (const row of rows) this.#kept[row.level]?.rows.push(row)
  }

  /** @param timestamp later than those before */
  add(timestamp: number, number: number): void {
    const open = this.#open[0]
    if (open !== undefined && !hasEnded(0, open, timestamp)) {
      joinValue(open.rollup, timestamp, number)
      return
    }
    for (let level = 0; level <= TOP; level++) {
      const bucket = this.#open[level]
      if (bucket !== undefined) {
        if (!hasEnded(level, bucket, timestamp)) break
        this.#close(level, bucket)
      }
    }
    this.#open[0] = bucketAt(0, timestamp, rollupOf(timestamp, number, this.#isState))
  }

  /** There are neither further values nor further rows. */
  end(): void {
    for (let level = 0; level <= TOP; level++) {
      const bucket = this.#open[level]
      if (bucket !== undefined) this.#close(level, bucket)
    }
    for (const [level, { rows, taken }] of this.#kept.entries()) {
      for (const { start } of rows.slice(taken)) this.#report(nameOf(level, start), 'summarises nothing')
    }
  }

  #close(level: number, bucket: OpenBucket): void {
    const { start, rollup } = bucket
    this.#open[level] = undefined
    const kept = this.#take(level, start)
    if (kept !== null && !isSameRollup(kept.rollup, rollup)) {
      this.#report(nameOf(level, start), 'does not agree with its values')
    }
    const isFull = rollup.count > CAPACITY
    if (isFull && bucket.absent !== null) this.#report(nameOf(level - 1, bucket.absent), 'is missing')
    if (!isFull && bucket.present !== null) {
      this.#report(nameOf(level - 1, bucket.present), 'is of no use: so few values need none')
    }
    if (level === TOP) {
      if (kept === null) this.#report(nameOf(level, start), 'is missing')
      return
    }
    const above = this.#joined(level + 1, bucket)
    if (kept === null) above.absent ??= start
    else above.present ??= start
  }

  /** The bucket of the level above, with what has ended joined to it. */
  #joined(level: number, { start, rollup }: OpenBucket): OpenBucket {
    const open = this.#open[level]
    if (open !== undefined) {
      join(open.rollup, rollup)
      return open
    }
    const begun = bucketAt(level, start, rollup)
    this.#open[level] = begun
    return begun
  }

  /** The row that starts there; those before it have no values. */
  #take(level: number, start: number): PyramidRow | null {
    const queue = this.#kept[level]
    if (queue === undefined) return null
    for (;;) {
      const row = queue.rows[queue.taken]
      if (row === undefined || row.start > start) return null
      queue.taken++
      if (row.start === start) return row
      this.#report(nameOf(level, row.start), 'summarises nothing')
    }
  }
}

function bucketAt(level: number, timestamp: number, rollup: Rollup): OpenBucket {
  const start = startAt(level, timestamp)
  return { start, end: start + widthOf(level), rollup, present: null, absent: null }
}

/** The second look is for times so far away that a width added to them is lost in rounding. */
function hasEnded(level: number, { start, end }: OpenBucket, timestamp: number): boolean {
  return timestamp >= end && startAt(level, timestamp) !== start
}

function nameOf(level: number, start: number): string {
  return `level ${level}, from ${start}`
}
