import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'
import type { Statements } from './connection.ts'

export interface SqlStatement {
  readonly sql: string
  readonly parameters: readonly SQLInputValue[]
}

export interface SqlResult {
  readonly rows: readonly Record<string, SQLOutputValue>[]
  /** Rows inserted, updated or deleted; 0 for statements that return rows. */
  readonly changes: number
}

export function runStatement(statements: Statements, { sql, parameters }: SqlStatement): SqlResult {
  const statement = statements.get(sql)
  if (statement.columns().length > 0) return { rows: statement.all(...parameters), changes: 0 }
  return { rows: [], changes: Number(statement.run(...parameters).changes) }
}
