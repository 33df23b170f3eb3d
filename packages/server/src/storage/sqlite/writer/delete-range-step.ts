import type { TimeRange } from '@senio/protocol'
import type { Statements } from '../connection.ts'
import { deleteTagsWithoutValues } from './delete-tags.ts'
import { LiveFields } from './live-fields.ts'
import { RollupWriter } from './rollup-writer.ts'
import type { Transactions } from './transactions.ts'

/** Values removed in one transaction: a few ms of the writer. */
const STEP_ROWS = 2000

export interface DeleteRangeQuery {
  readonly sensor: number
  readonly fields: readonly number[]
  readonly range: TimeRange
}

/** One step of deleting a range, its rollups included. @returns how many values it deleted; 0 when it is done */
export function deleteRangeStep(
  statements: Statements,
  transactions: Transactions,
  { sensor, fields, range }: DeleteRangeQuery,
): number {
  return transactions.run(() => {
    const rollups = new RollupWriter(statements)
    const live = new LiveFields(statements)
    let deleted = 0
    for (const field of fields) {
      const found = live.find(field)
      if (found?.sensor !== sensor) continue
      const rows = statements
        .get(
          `DELETE FROM value WHERE field = ?1 AND ts IN (
             SELECT ts FROM value WHERE field = ?1 AND ts >= ?2 AND ts < ?3 ORDER BY ts LIMIT ?4) RETURNING ts`,
        )
        .all(field, range.from, range.to, STEP_ROWS - deleted)
      for (const { ts } of rows) rollups.touched(field, found.type, Number(ts))
      deleteTagsWithoutValues(statements, sensor, rows)
      deleted += rows.length
      if (deleted >= STEP_ROWS) break
    }
    rollups.flush()
    return deleted
  })
}
