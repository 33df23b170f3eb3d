import { fieldFormat } from '@senio/protocol'
import {
  type Entry,
  type PyramidFound,
  type PyramidReads,
  type PyramidWrites,
  updatePyramid,
} from '../../sql/pyramid/update-pyramid.ts'
import type { Rollup } from '../../sql/pyramid/rollup.ts'
import { ROLLUP_COLUMNS, type RollupTuple, rollupOfRow } from '../rollup-rows.ts'
import type { PostgresSession } from '../session.ts'
import { arrayOf, literalOf, numberOf } from '../stored-value.ts'
import type { LiveField } from './live-field.ts'
import type { FieldBucket, KnownRollups } from './known-rollups.ts'
import { newRowsSql } from './new-rows.ts'
import type { ChangesByField } from './store-values.ts'

/** What becomes of the rollups of fields. */
export type RollupWrites = ReadonlyMap<LiveField, PyramidWrites>

interface Update {
  readonly field: LiveField
  readonly steps: ReturnType<typeof updatePyramid>
  reads: PyramidReads
}

/** Finds out what to write: all fields go on side by side, so that each of their steps is one question. */
export async function updateRollups(
  session: PostgresSession,
  changes: ChangesByField,
  known: KnownRollups,
): Promise<RollupWrites> {
  const writes = new Map<LiveField, PyramidWrites>()
  const advance = (field: LiveField, steps: Update['steps'], found?: PyramidFound): Update | null => {
    const step = found === undefined ? steps.next() : steps.next(found)
    if (step.done !== true) return { field, steps, reads: step.value }
    writes.set(field, step.value)
    return null
  }
  let open = [...changes].flatMap(([field, change]) => {
    const isState = fieldFormat(field.type).summary === 'share'
    return advance(field, updatePyramid(isState, change)) ?? []
  })
  while (open.length > 0) {
    const rows = await readRows(session, open, known)
    const children = await readChildren(session, open)
    const values = await readValues(session, open)
    open = open.flatMap(
      ({ field, steps }, index) =>
        advance(field, steps, {
          rows: rows[index] ?? [],
          children: children[index] ?? [],
          values: values[index] ?? [],
        }) ?? [],
    )
  }
  return writes
}

async function readRows(
  session: PostgresSession,
  open: readonly Update[],
  known: KnownRollups,
): Promise<readonly (readonly (Rollup | null)[])[]> {
  const buckets = open.map(({ field, reads }) => reads.rows.map((key): FieldBucket => ({ field, ...key })))
  const missing = buckets.flat().filter((bucket) => known.find(bucket) === undefined)
  if (missing.length > 0)
    known.remember(missing, (await session.script(known.sql(session, missing)))[0] ?? [])
  return buckets.map((ofField) => ofField.map((bucket) => known.find(bucket) ?? null))
}

type Child = PyramidFound['children'][number][number]

async function readChildren(
  session: PostgresSession,
  open: readonly Update[],
): Promise<readonly (readonly (readonly Child[])[])[]> {
  const found: Child[][][] = open.map(({ reads }) => reads.children.map(() => []))
  const spans = open.flatMap(({ field, reads }, update) =>
    reads.children.map((span, index) => ({ ...span, field, slot: found[update]?.[index] })),
  )
  if (spans.length === 0) return found
  const rows = await session.tuples<readonly [number, ...RollupTuple]>(
    `SELECT wanted.i::int - 1, found.* FROM unnest($1::int[], $2::int[], $3::int2[], $4::float8[], $5::float8[])
       WITH ORDINALITY AS wanted (sensor, field, level, low, high, i)
     CROSS JOIN LATERAL (SELECT ${ROLLUP_COLUMNS} FROM rollup r WHERE r.sensor = wanted.sensor
       AND r.field = wanted.field AND r.level = wanted.level AND r.start >= wanted.low AND r.start < wanted.high
       ORDER BY r.start) found`,
    spans.map(({ field }) => field.sensor),
    spans.map(({ field }) => field.id),
    spans.map(({ level }) => level),
    spans.map(({ from }) => from),
    spans.map(({ to }) => to),
  )
  for (const [index, ...row] of rows) spans[index]?.slot?.push({ start: row[0], rollup: rollupOfRow(row) })
  return found
}

/** Of each field the stretches of values that are asked for, as they are stored. */
export async function readValues(
  session: PostgresSession,
  open: readonly Pick<Update, 'field' | 'reads'>[],
): Promise<readonly (readonly (readonly Entry[])[])[]> {
  const found: Entry[][][] = open.map(({ reads }) => reads.values.map(() => []))
  const stretches = open.flatMap(({ field, reads }, update) =>
    reads.values.map((stretch, index) => ({ ...stretch, field, slot: found[update]?.[index] })),
  )
  if (stretches.length === 0) return found
  const rows = await session.tuples<readonly [number, number, number | null]>(
    `SELECT wanted.i::int - 1, found.* FROM unnest($1::int[], $2::int[], $3::float8[], $4::float8[])
       WITH ORDINALITY AS wanted (sensor, field, low, high, i)
     CROSS JOIN LATERAL (SELECT ts, n FROM value WHERE value.sensor = wanted.sensor
       AND value.field = wanted.field AND value.ts >= wanted.low AND value.ts < wanted.high ORDER BY ts) found`,
    stretches.map(({ field }) => field.sensor),
    stretches.map(({ field }) => field.id),
    stretches.map(({ from }) => from),
    stretches.map(({ to }) => to),
  )
  for (const [index, ts, number] of rows) stretches[index]?.slot?.push({ ts, number: numberOf(number) })
  return found
}

/** Statements that do it, each ended; empty when there is nothing to do. */
export function rollupWritesSql(session: PostgresSession, writes: RollupWrites): string {
  const statements: string[] = []
  const rows: string[][] = Array.from({ length: 12 }, () => [])
  for (const [{ id, sensor }, { emptied, deleted, written }] of writes) {
    const own = `sensor = ${sensor} AND field = ${id}`
    for (const { level, from, to } of emptied) {
      statements.push(
        `DELETE FROM rollup WHERE ${own} AND level = ${level} AND start >= ${literalOf(from)} AND start < ${literalOf(to)};`,
      )
    }
    for (const [level, ofLevel] of Map.groupBy(deleted, (bucket) => bucket.level)) {
      const starts = arrayOf(ofLevel.map(({ start }) => start))
      statements.push(
        `DELETE FROM rollup WHERE ${own} AND level = ${level} AND start = ANY(${starts}::float8[]);`,
      )
    }
    for (const { level, start, rollup } of written) {
      const { count, sum, min, max, state } = rollup
      const numbers = [sensor, id, level, start, count, sum, min, max]
      const states =
        state === null ? [null, null, null, null] : [state.first, state.last, state.value, state.on]
      for (const [column, number] of [...numbers, ...states].entries()) {
        rows[column]?.push(number === null ? 'NULL' : literalOf(number))
      }
    }
  }
  if (rows[0]?.length !== 0) statements.push(upsertSql(session, rows))
  return statements.join('')
}

const TYPES = 'int int int2 float8 bigint float8 float8 float8 float8 float8 int2 float8'.split(' ')
const COLUMNS = ['count', 'sum', 'min', 'max', 'first', 'last', 'state', 'on_ms']

function upsertSql(session: PostgresSession, columns: readonly (readonly string[])[]): string {
  const rows = newRowsSql(
    session,
    columns.map((literals, index) => [TYPES[index] ?? '', literals]),
  )
  return `INSERT INTO rollup ${rows}
    ON CONFLICT (sensor, field, level, start)
    DO UPDATE SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')};`
}
