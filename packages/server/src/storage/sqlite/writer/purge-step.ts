import { type Tags, tagWords } from '@senio/protocol'
import type { Statements } from '../connection.ts'
import type { Transactions } from './transactions.ts'

/** Rows of values or tags removed in one transaction: a few ms of the writer. */
const STEP_ROWS = 2000

/** One step of removing what is marked as deleted. Returns whether there may be more. */
export function purgeStep(statements: Statements, transactions: Transactions): boolean {
  return transactions.run(() => purgeValues(statements) || purgeTags(statements) || purgeRows(statements))
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
  purgeTagsWithoutValues(statements, Number(found['sensor']), removed)
  return true
}

/** A measurement that has lost its last value has no tags either: they must not join a later one. */
function purgeTagsWithoutValues(
  statements: Statements,
  sensor: number,
  candidates: readonly Record<string, unknown>[],
): void {
  const selectTags = statements.get(
    `SELECT tags FROM measurement_tags WHERE sensor = ?1 AND ts = ?2 AND NOT EXISTS (
       SELECT 1 FROM field JOIN value ON value.field = field.id AND value.ts = ?2 WHERE field.sensor = ?1)`,
  )
  for (const { ts } of candidates) {
    const tags = selectTags.get(sensor, Number(ts))?.['tags']
    if (typeof tags === 'string') deleteTags(statements, sensor, Number(ts), tags)
  }
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

function deleteTags(statements: Statements, sensor: number, ts: number, tags: string): void {
  const deleteWord = statements.get('DELETE FROM tag_word WHERE sensor = ? AND word = ? AND ts = ?')
  for (const word of tagWords(JSON.parse(tags) as Tags)) deleteWord.run(sensor, word, ts)
  statements.get('DELETE FROM measurement_tags WHERE sensor = ? AND ts = ?').run(sensor, ts)
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
