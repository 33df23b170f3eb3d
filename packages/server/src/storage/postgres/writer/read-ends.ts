import type { FieldTypeName } from '@senio/protocol'
import { startAt, TOP } from '../../sql/pyramid/levels.ts'
import type { Rollup } from '../../sql/pyramid/rollup.ts'
import { ROLLUP_COLUMNS, type RollupTuple, rollupOfRow } from '../rollup-rows.ts'
import type { PostgresSession } from '../session.ts'
import { FieldEnd } from './known-sensors.ts'

type EndTuple = readonly [id: number, sensor: number, type: FieldTypeName, newest: number | null]

/** Of each sensor that `writer` wrote to last the ends of its fields, by id; deleted fields are left out. */
export async function readEnds(
  session: PostgresSession,
  sensors: readonly number[],
  writer: number,
): Promise<ReadonlyMap<number, ReadonlyMap<number, FieldEnd>>> {
  const fields = await session.tuples<EndTuple>(
    `SELECT field.id, field.sensor, field.type, (SELECT ts FROM value
       WHERE value.sensor = field.sensor AND value.field = field.id ORDER BY ts DESC LIMIT 1)
     FROM unnest($1::int[]) AS wanted (id)
     CROSS JOIN LATERAL (SELECT id FROM sensor WHERE sensor.id = wanted.id AND writer = $2 OFFSET 0) ours
     JOIN field ON field.sensor = ours.id AND field.deleted = 0`,
    sensors,
    writer,
  )
  if (fields.length === 0) return new Map()
  const paths = fields.flatMap(([field, sensor, , newest]) =>
    newest === null
      ? []
      : Array.from({ length: TOP + 1 }, (_, level) => ({
          field,
          sensor,
          level,
          start: startAt(level, newest),
        })),
  )
  const rows = await session.tuples<readonly [number, number, ...RollupTuple]>(
    `SELECT wanted.field, wanted.level, found.* FROM unnest($1::int[], $2::int[], $3::int2[], $4::float8[])
       AS wanted (sensor, field, level, start)
     CROSS JOIN LATERAL (SELECT ${ROLLUP_COLUMNS} FROM rollup r WHERE r.sensor = wanted.sensor
       AND r.field = wanted.field AND r.level = wanted.level AND r.start = wanted.start OFFSET 0) found`,
    paths.map(({ sensor }) => sensor),
    paths.map(({ field }) => field),
    paths.map(({ level }) => level),
    paths.map(({ start }) => start),
  )
  const rowsOf = Map.groupBy(rows, ([field]) => field)
  const ends = new Map<number, Map<number, FieldEnd>>()
  for (const [id, sensor, type, newest] of fields) {
    const path: (Rollup | null)[] = Array.from({ length: TOP + 1 }, () => null)
    for (const [, level, ...row] of rowsOf.get(id) ?? []) path[level] = rollupOfRow(row)
    const ofSensor = ends.get(sensor) ?? new Map<number, FieldEnd>()
    ofSensor.set(id, new FieldEnd({ id, sensor, type }, newest ?? -Infinity, path))
    ends.set(sensor, ofSensor)
  }
  return ends
}
