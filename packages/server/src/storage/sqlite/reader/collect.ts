import { CAPACITY, ceilTo, startAt, TOP, widthOf } from '../../sql/pyramid/levels.ts'
import type { Sink } from '../../sql/pyramid/buckets.ts'
import type { Statements } from '../connection.ts'
import { type RollupRow, selectRollup, selectRollups } from '../rollup-rows.ts'

/** Rows read before other work of the thread may come in between. */
const ROWS_PER_STEP = 2000

/**
 * What a field holds in `[from, to)`, in pieces none of which crosses a bucket of `level`: rows of that level where
 * the values are dense, the values themselves where they are not, and finer levels at both ends. Reads about as
 * many rows as there are buckets, times `CAPACITY` at most.
 *
 * @param level -1 for values only
 */
export function* collect(
  statements: Statements,
  field: number,
  { from, to }: { readonly from: number; readonly to: number },
  level: number,
  sink: Sink,
): Generator<void, void, void> {
  const collector = new Collector(statements, field, sink)
  if (level < 0) collector.values(from, to)
  else yield* collector.range(from, to, level)
}

class Collector {
  readonly #statements: Statements
  readonly #field: number
  readonly #sink: Sink

  constructor(statements: Statements, field: number, sink: Sink) {
    this.#statements = statements
    this.#field = field
    this.#sink = sink
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
    const sql = 'SELECT ts AS a, v AS b FROM value WHERE field = ? AND ts >= ? AND ts < ?'
    const { first, second } = this.#statements.columns(sql, this.#field, from, to)
    for (const [index, timestamp] of first.entries()) {
      const value = second[index]
      this.#sink.value(timestamp, typeof value === 'number' ? value : 0)
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
    const sql =
      'SELECT start FROM rollup WHERE field = ? AND level = ? AND start >= ? AND start < ? AND count <= ? ORDER BY start'
    if (from >= to) return
    for (let above = level + 1; above <= TOP; above++) {
      const width = widthOf(above)
      const leaves = this.#statements.all(sql, this.#field, above, startAt(above, from), to, CAPACITY)
      for (const run of runs(
        leaves.map(([start]) => Number(start)),
        width,
      )) {
        this.values(Math.max(from, run.from), Math.min(to, run.to))
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

  #add(rows: readonly RollupRow[]): void {
    for (const { start, rollup } of rows) this.#sink.rollup(start, rollup)
  }
}

/** Buckets next to each other as one stretch, but not so many that reading them would hold up the thread. */
function* runs(
  starts: readonly number[],
  width: number,
): Generator<{ readonly from: number; readonly to: number }, void, void> {
  const longest = Math.floor(ROWS_PER_STEP / CAPACITY) * width
  for (let i = 0; i < starts.length;) {
    const from = starts[i] ?? 0
    let to = from
    while (starts[i] === to && to - from < longest) {
      to += width
      i++
    }
    yield { from, to }
  }
}
