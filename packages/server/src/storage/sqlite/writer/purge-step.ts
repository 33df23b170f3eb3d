import type { Statements } from '../connection.ts'
import { deleteTags, deleteTagsWithoutValues } from './delete-tags.ts'
import type { Transactions } from './transactions.ts'

/** Rows of values or tags removed in one transaction: a few ms of the writer. */
const STEP_ROWS = 2000

/** One step of removing what is marked as deleted. Returns whether there may be more. */
export function purgeStep(statements: Statements, transactions: Transactions): boolean {
  return transactions.run(
    () =>
      purgeRollups(statements) || purgeValues(statements) || purgeTags(statements) || purgeRows(statements),
  )
}

/** First of all: nobody reads them any more, and nobody keeps them. */
function purgeRollups(statements: Statements): boolean {
  const found = statements
    .get(
      `SELECT field.id FROM field JOIN sensor ON sensor.id = field.sensor
         WHERE (field.deleted = 1 OR sensor.deleted = 1)
         AND EXISTS (SELECT 1 FROM rollup WHERE rollup.field = field.id) LIMIT 1`,
    )
    .get()
  if (found === undefined) return false
  statements
    .get(
      `DELETE FROM rollup WHERE field = ?1
         AND (level, start) IN (SELECT level, start FROM rollup WHERE field = ?1 LIMIT ?2)`,
    )
    .run(Number(found['id']), STEP_ROWS)
  return true
}

function purgeValues(statements: Statements): boolean {
  const found = statements
    .get(
      `SELECT id, sensor FROM field
         WHERE deleted = 1 AND EXISTS (SELECT 1 FROM value WHERE value.field = field.id)
       UNION ALL
       SELECT field.id, sensor.id FROM sensor JOIN field ON field.sensor = sensor.id
         WHERE sensor.deleted = 1 AND EXISTS (SELECT 1 FROM value WHERE value.field = field.id)
       LIMIT 1`,
    )
    .get()
  if (found === undefined) return false
  const removed = statements
    .get(
      `DELETE FROM value WHERE field = ?1
         AND ts IN (SELECT ts FROM value WHERE field = ?1 ORDER BY ts LIMIT ?2) RETURNING ts`,
    )
    .all(Number(found['id']), STEP_ROWS)
  deleteTagsWithoutValues(statements, Number(found['sensor']), removed)
  return true
}

/** Tags of deleted sensors that no value leads to. */
function purgeTags(statements: Statements): boolean {
  const sensor = statements
    .get(
      `SELECT id FROM sensor WHERE deleted = 1
         AND EXISTS (SELECT 1 FROM measurement_tags WHERE measurement_tags.sensor = sensor.id) LIMIT 1`,
    )
    .get()?.['id']
  if (typeof sensor !== 'number') return false
  const rows = statements
    .get('SELECT ts, tags FROM measurement_tags WHERE sensor = ? ORDER BY ts LIMIT ?')
    .all(sensor, STEP_ROWS)
  for (const { ts, tags } of rows) deleteTags(statements, sensor, Number(ts), String(tags))
  return true
}

function purgeRows(statements: Statements): boolean {
  statements
    .get('DELETE FROM field WHERE deleted = 1 OR sensor IN (SELECT id FROM sensor WHERE deleted = 1)')
    .run()
  statements.get('DELETE FROM sensor WHERE deleted = 1').run()
  statements
    .get(
      'DELETE FROM account WHERE deleted = 1 AND NOT EXISTS (SELECT 1 FROM sensor WHERE owner = account.id)',
    )
    .run()
  return false
}
