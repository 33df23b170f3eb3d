import { CAPACITY, LEVELS, startAt, TOP } from '../levels.ts'
import type { PyramidRow } from '../pyramid-check.ts'
import { copyOf, join, type Rollup } from '../rollup.ts'

interface OpenBucket {
  readonly start: number
  readonly rollup: Rollup
  /** Rows of its children, and theirs: they exist if it comes to hold more than a leaf does. */
  readonly below: PyramidRow[]
}

/**
 * The rows that the pyramid of a field has, computed from all of its values in one pass: what tests hold others against. Holds the rows of one bucket of the top level at most.
 */
export class PyramidOfValues {
  readonly #open: (OpenBucket | undefined)[] = LEVELS.map(() => undefined)
  readonly #emit: (row: PyramidRow) => void

  /** @param emit takes each row once its bucket has ended */
  constructor(emit: (row: PyramidRow) => void) {
    this.#emit = emit
  }

  /** @param one of a single value, later than those before */
  add(timestamp: number, one: Rollup): void {
    for (let level = 0; level <= TOP; level++) {
      const start = startAt(level, timestamp)
      const open = this.#open[level]
      if (open === undefined) this.#open[level] = { start, rollup: copyOf(one), below: [] }
      else if (open.start === start) join(open.rollup, one)
      else {
        this.#close(level, open)
        this.#open[level] = { start, rollup: copyOf(one), below: [] }
      }
    }
  }

  /** Ends the buckets that are open. */
  end(): void {
    for (const [level, open] of this.#open.entries()) if (open !== undefined) this.#close(level, open)
  }

  #close(level: number, { start, rollup, below }: OpenBucket): void {
    const rows = [{ level, start, rollup }, ...(rollup.count > CAPACITY ? below : [])]
    if (level === TOP) for (const row of rows) this.#emit(row)
    // The parent is still the one of this bucket: levels close from the finest on.
    else this.#open[level + 1]?.below.push(...rows)
  }
}
