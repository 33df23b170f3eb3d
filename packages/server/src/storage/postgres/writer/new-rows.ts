import type { PostgresSession } from '../session.ts'

/** A column of rows: its type, and what each row has there, as literals without quotes; NULL is null. */
export type Column = readonly [type: string, literals: readonly string[]]

/** More of them are put by quicker than they are parsed. */
const FEW = 500

/**
 * Rows to be inserted, as SQL. Few that are distributed are written out: Citus sends such rows straight to their servers,
 * and would put others by first, which takes ten times as long.
 */
export function newRowsSql({ isDistributed }: PostgresSession, columns: readonly Column[]): string {
  const rowCount = columns[0]?.[1].length ?? 0
  if (!isDistributed || rowCount > FEW || rowCount === 0) {
    const arrays = columns.map(([type, literals]) => `'{${literals.join(',')}}'::${type}[]`)
    return `SELECT * FROM unnest(${arrays.join(',')})`
  }
  const quoted = (literal: string): string => (literal === 'NULL' ? literal : `'${literal}'`)
  const rows = Array.from(
    { length: rowCount },
    (_, row) => `(${columns.map(([, literals]) => quoted(literals[row] ?? 'NULL')).join(',')})`,
  )
  return `VALUES ${rows.join(',')}`
}
