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

interface DeletedField {
  readonly field: number
  readonly sensor: number
}

interface Deleted {
  /** Also those of deleted sensors. */
  readonly fields: readonly DeletedField[]
  readonly sensors: readonly number[]
}

/**
 * Removes what is marked as deleted, a step a transaction. Nothing is added to it any more: whoever marks something waits
 * for those who are storing values of it.
 */
export async function purgeDeleted(connections: Connections): Promise<void> {
  const inSteps = async (step: (session: PostgresSession) => Promise<boolean>): Promise<void> => {
    while (await connections.transaction(step, BEGIN));
  }
  const deleted = await connections.use(findDeleted)
  for (const field of deleted.fields) {
    // First of all: nobody reads them any more, and nobody keeps them.
    await inSteps((session) => removeRollups(session, field))
    await inSteps((session) => removeValues(session, field))
  }
  for (const sensor of deleted.sensors) await inSteps((session) => removeTags(session, sensor))
  await connections.transaction(
    (session) => removeRows(session, deleted),
    `${BEGIN}; ${lockSql(Lock.registry)}`,
  )
}

async function findDeleted(session: PostgresSession): Promise<Deleted> {
  const fields = await session.tuples<readonly [number, number]>(
    `SELECT field.id, field.sensor FROM field JOIN sensor ON sensor.id = field.sensor
     WHERE field.deleted = 1 OR sensor.deleted = 1 ORDER BY field.sensor, field.id`,
  )
  const sensors = await session.tuples<readonly [number]>(
    'SELECT id FROM sensor WHERE deleted = 1 ORDER BY id',
  )
  return {
    fields: fields.map(([field, sensor]) => ({ field, sensor })),
    sensors: sensors.map(([id]) => id),
  }
}

/** One step. @returns whether there may be more */
export async function removeRollups(
  session: PostgresSession,
  { sensor, field }: DeletedField,
): Promise<boolean> {
  await holdSensor(session, sensor)
  const { changes } = await session.run(
    // Up to a key, not joined with a list of them: that stays quick without statistics.
    `DELETE FROM rollup WHERE sensor = $1 AND field = $2 AND (level, start) <= (
       SELECT level, start FROM (
         SELECT level, start FROM rollup WHERE sensor = $1 AND field = $2 ORDER BY level, start LIMIT $3) step
       ORDER BY level DESC, start DESC LIMIT 1)`,
    [sensor, field, STEP_ROLLUPS],
  )
  return changes === STEP_ROLLUPS
}

async function removeValues(session: PostgresSession, deleted: DeletedField): Promise<boolean> {
  await holdSensor(session, deleted.sensor)
  const times = await deleteFirst(session, { ...deleted, range: WHENEVER, limit: STEP_ROWS })
  await deleteTagsWithoutValues(session, deleted.sensor, times)
  return times.length === STEP_ROWS
}

/** Tags that no value leads to. */
async function removeTags(session: PostgresSession, sensor: number): Promise<boolean> {
  const rows = await session.tuples<readonly [number, string]>(
    'SELECT ts, tags FROM measurement_tags WHERE sensor = $1 ORDER BY ts LIMIT $2',
    sensor,
    STEP_ROWS,
  )
  await deleteTags(
    session,
    rows.map(([ts, tags]) => ({ sensor, ts, tags })),
  )
  return rows.length === STEP_ROWS
}

async function removeRows(session: PostgresSession, { fields, sensors }: Deleted): Promise<void> {
  // In the order of those who still store values of them: else each would wait for what the other has.
  await session.run('SELECT 1 FROM sensor WHERE id = ANY($1::int[]) ORDER BY id FOR UPDATE', [sensors])
  await session.run('DELETE FROM field WHERE id = ANY($1::int[])', [fields.map(({ field }) => field)])
  await session.run(
    `DELETE FROM sensor WHERE id = ANY($1::int[])
       AND NOT EXISTS (SELECT 1 FROM field WHERE field.sensor = sensor.id)`,
    [sensors],
  )
  if (session.isDistributed) {
    await session.run('DELETE FROM sensor_turn WHERE sensor = ANY($1::int[])', [sensors])
  }
  await session.run(
    'DELETE FROM account WHERE deleted = 1 AND NOT EXISTS (SELECT 1 FROM sensor WHERE owner = account.id)',
  )
}
