import type { Rollup } from '../sql/pyramid/rollup.ts'

export const ROLLUP_COLUMNS = 'start, count, sum, min, max, first, last, state, on_ms'

export type RollupTuple = readonly [
  start: number,
  count: number,
  sum: number,
  min: number,
  max: number,
  first: number | null,
  last: number | null,
  value: number | null,
  on: number | null,
]

/** What a row of table `rollup` says, of the columns `ROLLUP_COLUMNS`. */
export function rollupOfRow([, count, sum, min, max, first, last, value, on]: RollupTuple): Rollup {
  const hasState = first !== null && last !== null && value !== null && on !== null
  return { count, sum, min, max, state: hasState ? { first, last, value, on } : null }
}
