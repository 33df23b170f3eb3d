import type { SQLOutputValue } from 'node:sqlite'
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
  const sql = `SELECT ${COLUMNS} FROM rollup WHERE field = ? AND level = ? AND start >= ? AND start < ? ORDER BY start`
  return statements.all(sql, field, level, from, to).map(rowOf)
}

/** One bucket's row; null when there is none. */
export function selectRollup(
  statements: Statements,
  field: number,
  level: number,
  start: number,
): RollupRow | null {
  const sql = `SELECT ${COLUMNS} FROM rollup WHERE field = ? AND level = ? AND start = ?`
  const [row] = statements.all(sql, field, level, start)
  return row === undefined ? null : rowOf(row)
}

/** The schema promises the types: a check of each column of each row would cost more than reading them. */
function rowOf(row: readonly SQLOutputValue[]): RollupRow {
  const [start, count, sum, min, max, first, last, value, on] = row as readonly number[] as RollupTuple
  const state = first === null ? null : { first, last, value, on }
  return { start, rollup: { count, sum, min, max, state } }
}

type RollupTuple = readonly [
  start: number,
  count: number,
  sum: number,
  min: number,
  max: number,
  first: number | null,
  last: number,
  value: number,
  on: number,
]
