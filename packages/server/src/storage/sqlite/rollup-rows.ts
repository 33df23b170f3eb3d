import type { Rollup } from '../sql/pyramid/rollup.ts'
import type { Statements } from './connection.ts'

/** A bucket's row: its rollup and where it begins. */
export interface RollupRow {
  readonly start: number
  readonly rollup: Rollup
}

const COLUMNS = 'start, count, sum, min, max, first, last, state, on_ms'

/** Rows of a level whose buckets begin in `[from, to)`, ascending. */
export function selectRollups(
  statements: Statements,
  field: number,
  level: number,
  from: number,
  to: number,
): RollupRow[] {
  return statements
    .get(
      `SELECT ${COLUMNS} FROM rollup WHERE field = ? AND level = ? AND start >= ? AND start < ? ORDER BY start`,
    )
    .all(field, level, from, to)
    .map(rowOf)
}

/** One bucket's row; null when there is none. */
export function selectRollup(
  statements: Statements,
  field: number,
  level: number,
  start: number,
): RollupRow | null {
  const row = statements
    .get(`SELECT ${COLUMNS} FROM rollup WHERE field = ? AND level = ? AND start = ?`)
    .get(field, level, start)
  return row === undefined ? null : rowOf(row)
}

/** The schema promises the types: a check of each column of each row would cost more than reading them. */
function rowOf(row: Record<string, unknown>): RollupRow {
  const { start, count, sum, min, max, first, last, state, on_ms: on } = row as Record<string, number>
  return {
    start: start as number,
    rollup: {
      count: count as number,
      sum: sum as number,
      min: min as number,
      max: max as number,
      state:
        first === null
          ? null
          : { first: first as number, last: last as number, value: state as number, on: on as number },
    },
  }
}
