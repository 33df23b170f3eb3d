import { CAPACITY, startAt, TOP, widthOf } from '../../sql/pyramid/levels.ts'
import { type Rollup, rollupOf } from '../../sql/pyramid/rollup.ts'
import type { Statements } from '../connection.ts'
import { selectRollup, selectRollups } from '../rollup-rows.ts'

/** What a short stretch of a field's values amounts to. */
export interface Piece {
  /** A timestamp within the stretch, which lies within one bucket of the graph. */
  readonly at: number
  readonly rollup: Rollup
}

/** Rows read before other work of the thread may come in between. */
const ROWS_PER_STEP = 500

/**
 * A field's values in `[from, to)` as pieces, none of which crosses a bucket of `level`; in no order. Rows of that
 * level where the values are dense, the values themselves where they are not, and finer levels at both ends: about
 * as many rows as there are buckets, times `CAPACITY` at most.
 *
 * @param level -1 for values only
 */
export function* collectPieces(
  statements: Statements,
  field: number,
  range: { readonly from: number; readonly to: number },
  level: number,
  isState: boolean,
): Generator<void, Piece[], void> {
  const collector = new Collector(statements, field, isState)
  if (level < 0) collector.values(range.from, range.to)
  else yield* collector.range(range.from, range.to, level)
  return collector.pieces
}

class Collector {
  readonly pieces: Piece[] = []
  readonly #statements: Statements
  readonly #field: number
  readonly #isState: boolean

  constructor(statements: Statements, field: number, isState: boolean) {
    this.#statements = statements
    this.#field = field
    this.#isState = isState
  }

  *range(from: number, to: number, level: number): Generator<void, void, void> {
    const low = ceilTo(level, from)
    const high = startAt(level, to)
    if (low > high) return this.#edge(from, to, level)
    this.#edge(from, low, level)
    yield* this.#rows(low, high, level)
    yield* this.#leavesAbove(low, high, level)
    this.#edge(high, to, level)
  }

  values(from: number, to: number): void {
    const rows = this.#statements
      .get('SELECT ts, v FROM value WHERE field = ? AND ts >= ? AND ts < ? ORDER BY ts')
      .all(this.#field, from, to)
    for (const { ts, v } of rows) {
      const at = Number(ts)
      this.pieces.push({ at, rollup: rollupOf(at, typeof v === 'number' ? v : 0, this.#isState) })
    }
  }

  /** Whole buckets of the level. */
  *#rows(from: number, to: number, level: number): Generator<void, void, void> {
    const step = widthOf(level) * ROWS_PER_STEP
    for (let start = from; start < to; start += step) {
      this.#add(selectRollups(this.#statements, this.#field, level, start, Math.min(to, start + step)))
      yield
    }
  }

  /** Values of coarser buckets that have no rows at the level because they hold few values. */
  *#leavesAbove(from: number, to: number, level: number): Generator<void, void, void> {
    const select = this.#statements.get(
      'SELECT start FROM rollup WHERE field = ? AND level = ? AND start >= ? AND start < ? AND count <= ?',
    )
    for (let above = level + 1; above <= TOP; above++) {
      const leaves = select.all(this.#field, above, startAt(above, from), to, CAPACITY)
      for (const { start } of leaves) {
        const begin = Number(start)
        this.values(Math.max(from, begin), Math.min(to, begin + widthOf(above)))
        yield
      }
    }
  }

  /** A part of one bucket of the level. */
  #edge(from: number, to: number, level: number): void {
    if (from >= to) return
    const bucket = selectRollup(this.#statements, this.#field, level, startAt(level, from))
    // Without a row the bucket holds nothing, or is part of a leaf above.
    if (bucket === null || bucket.rollup.count <= CAPACITY || level === 0) return this.values(from, to)
    const low = ceilTo(level - 1, from)
    const high = startAt(level - 1, to)
    if (low > high) return this.#edge(from, to, level - 1)
    this.#edge(from, low, level - 1)
    this.#add(selectRollups(this.#statements, this.#field, level - 1, low, high))
    this.#edge(high, to, level - 1)
  }

  #add(rows: readonly { readonly start: number; readonly rollup: Rollup }[]): void {
    for (const { start, rollup } of rows) this.pieces.push({ at: start, rollup })
  }
}

function ceilTo(level: number, timestamp: number): number {
  const start = startAt(level, timestamp)
  return start === timestamp ? start : start + widthOf(level)
}
