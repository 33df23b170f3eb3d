import type { FieldTypeName, TimeRange } from '@senio/protocol'
import type { PyramidChanges } from '../../sql/pyramid/update-pyramid.ts'
import type { Connections } from '../connections.ts'
import type { PostgresSession } from '../session.ts'
import type { LiveField } from './live-field.ts'
import { KnownRollups } from './known-rollups.ts'
import { takeTurnsSql } from './sensor-turns.ts'
import { deleteTags } from './store-tags.ts'
import { rollupWritesSql, updateRollups } from './update-rollups.ts'

/** Values removed in one transaction. */
export const STEP_ROWS = 1000

export interface DeleteRangeQuery {
  readonly sensor: number
  readonly fields: readonly number[]
  readonly range: TimeRange
}

/** One step of deleting a range, its rollups included. @returns how many values it deleted; 0 when it is done */
export function deleteRangeStep(
  connections: Connections,
  { sensor, fields, range }: DeleteRangeQuery,
): Promise<number> {
  return connections.transaction(async (session) => {
    await holdSensor(session, sensor)
    const live = await session.tuples<readonly [number, FieldTypeName]>(
      `SELECT field.id, field.type FROM field JOIN sensor ON sensor.id = field.sensor
       WHERE field.id = ANY($1::int[]) AND field.sensor = $2 AND field.deleted = 0 AND sensor.deleted = 0 ORDER BY 1`,
      fields,
      sensor,
    )
    const changes = new Map<LiveField, PyramidChanges>()
    let deleted = 0
    for (const [id, type] of live) {
      const touched = await deleteFirst(session, { sensor, field: id, range, limit: STEP_ROWS - deleted })
      if (touched.length > 0) changes.set({ id, sensor, type }, { added: [], touched })
      await deleteTagsWithoutValues(session, sensor, touched)
      deleted += touched.length
      if (deleted >= STEP_ROWS) break
    }
    const sql = rollupWritesSql(session, await updateRollups(session, changes, new KnownRollups()))
    if (sql !== '') await session.script(sql)
    return deleted
  })
}

/** Waits until nobody else stores values of the sensor, and keeps it so until the transaction ends. */
export async function holdSensor(session: PostgresSession, sensor: number): Promise<void> {
  // Whoever wrote to it last must not go on from what it knows.
  await session.script(
    `UPDATE sensor SET writer = 0 WHERE id = ${sensor}; ${takeTurnsSql(session, [sensor])}`,
  )
}

/** Deletes a field's oldest values, while its sensor is held. @returns their timestamps */
export async function deleteFirst(
  session: PostgresSession,
  {
    sensor,
    field,
    range,
    limit,
  }: {
    readonly sensor: number
    readonly field: number
    readonly range: { readonly from: number; readonly to: number }
    readonly limit: number
  },
): Promise<readonly number[]> {
  const rows = await session.tuples<readonly [number]>(
    'SELECT ts FROM value WHERE sensor = $1 AND field = $2 AND ts >= $3 AND ts < $4 ORDER BY ts LIMIT $5',
    sensor,
    field,
    range.from,
    range.to,
    limit,
  )
  const times = rows.map(([ts]) => ts)
  const last = times.at(-1)
  if (last === undefined) return []
  // Without RETURNING: of a hypertable that takes as much longer as it has chunks, for every row.
  await session.run('DELETE FROM value WHERE sensor = $1 AND field = $2 AND ts >= $3 AND ts <= $4', [
    sensor,
    field,
    range.from,
    last,
  ])
  return times
}

/** A measurement that has lost its last value has no tags either: they must not join a later one. */
export async function deleteTagsWithoutValues(
  session: PostgresSession,
  sensor: number,
  times: readonly number[],
): Promise<void> {
  if (times.length === 0) return
  const fields = await session.tuples<readonly [number]>('SELECT id FROM field WHERE sensor = $1', sensor)
  const rows = await session.tuples<readonly [number, string]>(
    `SELECT ts, tags FROM measurement_tags WHERE sensor = $1 AND ts = ANY($2::float8[]) AND NOT EXISTS (
       SELECT 1 FROM value WHERE value.sensor = $1 AND value.field = ANY($3::int[])
         AND value.ts = measurement_tags.ts)`,
    sensor,
    times,
    fields.flat(),
  )
  await deleteTags(
    session,
    rows.map(([ts, tags]) => ({ sensor, ts, tags })),
  )
}
