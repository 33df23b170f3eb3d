import { type FieldTypeName, fieldFormat } from '@senio/protocol'
import { isSameRollup } from '../sql/pyramid/is-same-rollup.ts'
import { type PyramidRow, PyramidOfValues } from '../sql/pyramid/pyramid-of-values.ts'
import { rollupOf } from '../sql/pyramid/rollup.ts'
import type { Connections } from './connections.ts'
import { ROLLUP_COLUMNS, type RollupTuple, rollupOfRow } from './rollup-rows.ts'
import type { PostgresSession } from './session.ts'
import { numberOf } from './stored-value.ts'

/** More faults than this say nothing new. */
const MOST = 100

/** Rows read in one query. */
const ROWS_PER_QUERY = 10_000

interface CheckedField {
  readonly id: number
  readonly sensor: number
  readonly type: FieldTypeName
}

/**
 * Compares every rollup with the values that it summarises, a field at a time. What a disk does to pages is for
 * PostgreSQL's checksums to find: reading all values makes it look at them.
 */
export async function findFaults(connections: Connections): Promise<readonly string[]> {
  const faults: string[] = []
  for (let after = 0; faults.length < MOST;) {
    const fields = await connections.use((session) =>
      // What is being purged is read by nobody.
      session.tuples<readonly [number, number, FieldTypeName]>(
        `SELECT field.id, field.sensor, field.type FROM field JOIN sensor ON sensor.id = field.sensor
         WHERE field.deleted = 0 AND sensor.deleted = 0 AND field.id > $1 ORDER BY field.id LIMIT 100`,
        after,
      ),
    )
    if (fields.length === 0) break
    for (const [id, sensor, type] of fields) {
      faults.push(...(await connections.snapshot((session) => faultsOf(session, { id, sensor, type }))))
      after = id
    }
  }
  return faults.slice(0, MOST)
}

async function faultsOf(session: PostgresSession, field: CheckedField): Promise<readonly string[]> {
  const isState = fieldFormat(field.type).summary === 'share'
  const faults: string[] = []
  let made: PyramidRow[] = []
  let count = 0
  const compare = async (): Promise<void> => {
    faults.push(...(await faultsOfRows(session, field, made)))
    made = []
  }
  const pyramid = new PyramidOfValues((row) => {
    made.push(row)
    count++
  })
  for (let after = -Number.MAX_VALUE; ;) {
    const values = await session.tuples<readonly [number, number | null]>(
      'SELECT ts, n FROM value WHERE sensor = $1 AND field = $2 AND ts > $3 ORDER BY ts LIMIT $4',
      field.sensor,
      field.id,
      after,
      ROWS_PER_QUERY,
    )
    for (const [ts, number] of values) pyramid.add(ts, rollupOf(ts, numberOf(number), isState))
    await compare()
    if (values.length < ROWS_PER_QUERY) break
    after = values.at(-1)?.[0] ?? after
  }
  pyramid.end()
  await compare()
  const [stored] = await session.tuples<readonly [number]>(
    'SELECT count(*) FROM rollup WHERE sensor = $1 AND field = $2',
    field.sensor,
    field.id,
  )
  if (stored?.[0] !== count) {
    faults.push(`field ${field.id} has ${stored?.[0] ?? 0} rollups, and its values make ${count}`)
  }
  return faults
}

async function faultsOfRows(
  session: PostgresSession,
  { id, sensor }: CheckedField,
  made: readonly PyramidRow[],
): Promise<readonly string[]> {
  if (made.length === 0) return []
  const rows = await session.tuples<readonly [number, ...RollupTuple]>(
    `SELECT wanted.i::int - 1, found.* FROM unnest($3::int2[], $4::float8[]) WITH ORDINALITY AS wanted (level, start, i)
     CROSS JOIN LATERAL (SELECT ${ROLLUP_COLUMNS} FROM rollup r WHERE r.sensor = $1 AND r.field = $2
       AND r.level = wanted.level AND r.start = wanted.start OFFSET 0) found`,
    sensor,
    id,
    made.map(({ level }) => level),
    made.map(({ start }) => start),
  )
  const stored = new Map(rows.map(([index, ...row]) => [index, rollupOfRow(row)]))
  return made.flatMap(({ level, start, rollup }, index) => {
    const found = stored.get(index)
    const where = `the rollup of field ${id}, level ${level}, from ${start}`
    if (found === undefined) return [`${where} is missing`]
    return isSameRollup(found, rollup) ? [] : [`${where} does not agree with its values`]
  })
}
