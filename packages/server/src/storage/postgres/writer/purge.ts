import type { Connections } from '../connections.ts'
import { Lock, lockSql } from '../locks.ts'
import type { PostgresSession } from '../session.ts'
import { deleteFirst, deleteTagsWithoutValues, holdSensor, STEP_ROWS } from './delete-values.ts'
import { deleteTags } from './store-tags.ts'

/** One node purges at a time. */
const BEGIN = `BEGIN; ${lockSql(Lock.purge)}`

/** Rollups removed in one transaction: a field of years has millions. */
const STEP_ROLLUPS = 5000

const WHENEVER = { from: -Number.MAX_VALUE, to: Number.MAX_VALUE }

/** One step of removing what is marked as deleted. @returns whether there may be more */
export async function purgeStep(connections: Connections): Promise<boolean> {
  return (
    (await connections.transaction(purgeRollups, BEGIN)) ||
    (await connections.transaction(purgeValues, BEGIN)) ||
    (await connections.transaction(purgeTags, BEGIN)) ||
    (await connections.transaction(purgeRows, `${BEGIN}; ${lockSql(Lock.registry)}`))
  )
}

/** A deleted field that something is left of. */
async function fieldWith(
  session: PostgresSession,
  table: 'rollup' | 'value',
): Promise<{ readonly field: number; readonly sensor: number } | null> {
  const [row] = await session.tuples<readonly [number, number]>(
    `SELECT field.id, field.sensor FROM field JOIN sensor ON sensor.id = field.sensor
     WHERE (field.deleted = 1 OR sensor.deleted = 1) AND EXISTS (
       SELECT 1 FROM ${table} WHERE ${table}.sensor = field.sensor AND ${table}.field = field.id)
     ORDER BY field.sensor, field.id LIMIT 1`,
  )
  return row === undefined ? null : { field: row[0], sensor: row[1] }
}

/** First of all: nobody reads them any more, and nobody keeps them. */
async function purgeRollups(session: PostgresSession): Promise<boolean> {
  const found = await fieldWith(session, 'rollup')
  if (found === null) return false
  await session.run(
    // Up to a key, not joined with a list of them: that stays quick without statistics.
    `DELETE FROM rollup WHERE sensor = $1 AND field = $2 AND (level, start) <= (
       SELECT level, start FROM (
         SELECT level, start FROM rollup WHERE sensor = $1 AND field = $2 ORDER BY level, start LIMIT $3) step
       ORDER BY level DESC, start DESC LIMIT 1)`,
    [found.sensor, found.field, STEP_ROLLUPS],
  )
  return true
}

async function purgeValues(session: PostgresSession): Promise<boolean> {
  const found = await fieldWith(session, 'value')
  if (found === null) return false
  await holdSensor(session, found.sensor)
  const times = await deleteFirst(session, { ...found, range: WHENEVER, limit: STEP_ROWS })
  await deleteTagsWithoutValues(session, found.sensor, times)
  return true
}

/** Tags of deleted sensors that no value leads to. */
async function purgeTags(session: PostgresSession): Promise<boolean> {
  const rows = await session.tuples<readonly [number, number, string]>(
    `SELECT sensor, ts, tags FROM measurement_tags WHERE sensor = (
       SELECT id FROM sensor WHERE deleted = 1
         AND EXISTS (SELECT 1 FROM measurement_tags WHERE measurement_tags.sensor = sensor.id) LIMIT 1)
     ORDER BY ts LIMIT $1`,
    STEP_ROWS,
  )
  await deleteTags(
    session,
    rows.map(([sensor, ts, tags]) => ({ sensor, ts, tags })),
  )
  return rows.length > 0
}

/** Only those that nothing is left of: something may have been marked since. */
async function purgeRows(session: PostgresSession): Promise<boolean> {
  await session.script(
    // In the order of those who still store values of them: else each would wait for what the other has.
    `SELECT count(*) FROM (SELECT FROM sensor WHERE deleted = 1 ORDER BY id FOR UPDATE) held;
     DELETE FROM field USING sensor WHERE sensor.id = field.sensor AND (field.deleted = 1 OR sensor.deleted = 1)
       AND NOT EXISTS (SELECT 1 FROM value WHERE value.sensor = field.sensor AND value.field = field.id)
       AND NOT EXISTS (SELECT 1 FROM rollup WHERE rollup.sensor = field.sensor AND rollup.field = field.id);
     DELETE FROM sensor WHERE deleted = 1 AND NOT EXISTS (SELECT 1 FROM field WHERE field.sensor = sensor.id)
       AND NOT EXISTS (SELECT 1 FROM measurement_tags WHERE measurement_tags.sensor = sensor.id);
     DELETE FROM account WHERE deleted = 1 AND NOT EXISTS (SELECT 1 FROM sensor WHERE owner = account.id)`,
  )
  return false
}
