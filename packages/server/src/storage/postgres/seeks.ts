import type { PostgresSession } from './session.ts'

/**
 * Ends a subquery about each row of a list: what it looks for is sought by its key. PostgreSQL must not think of a join
 * that reads whole tables instead. Citus, which refuses subqueries that end so, is told which of its servers may have any.
 *
 * @param column the subquery's column of sensors
 * @param sensors those of the list, as SQL
 */
export function soughtByKey({ isDistributed }: PostgresSession, column: string, sensors: string): string {
  return isDistributed ? `AND ${column} = ANY(${sensors}::int[])` : 'OFFSET 0'
}
