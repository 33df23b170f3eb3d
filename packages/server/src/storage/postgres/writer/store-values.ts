import type { StoredValue } from '../../measurement-store.ts'
import type { PyramidChanges } from '../../sql/pyramid/update-pyramid.ts'
import { soughtByKey } from '../seeks.ts'
import type { PostgresSession, Tuple } from '../session.ts'
import { literalOf, storedValue, type ValueTuple } from '../stored-value.ts'
import type { LiveField, ValuesByField } from './live-field.ts'
import { KnownRollups } from './known-rollups.ts'
import { newRowsSql } from './new-rows.ts'

/** What a batch does to the values of its fields. */
export type ChangesByField = ReadonlyMap<LiveField, PyramidChanges>

/** A value on its way to its table. */
interface NewValue {
  readonly field: LiveField
  readonly ts: number
  readonly value: StoredValue
}

interface Stored {
  readonly changes: ChangesByField
  /** The rollups that the changes lead to, as far as they were read along. */
  readonly rollups: KnownRollups
}

/** Stores values: new ones are added, others replaced where they differ. */
export async function storeValues(session: PostgresSession, values: ValuesByField): Promise<Stored> {
  const numbers: NewValue[] = []
  const others: NewValue[] = []
  for (const [field, byTime] of values) {
    for (const [ts, value] of byTime)
      (typeof value === 'number' ? numbers : others).push({ field, ts, value })
  }
  const rollups = new KnownRollups()
  const added = new Set<string>()
  const note = (rows: readonly Tuple[] | undefined): void => {
    for (const [field, ts] of rows ?? []) added.add(`${String(field)} ${String(ts)}`)
  }
  const wanted = rollups.pathsOf(values)
  const prefetch = wanted.length > 0 ? rollups.sql(session, wanted) : null
  const statements = [
    ...(numbers.length > 0 ? [insertNumbersSql(session, numbers)] : []),
    ...(prefetch === null ? [] : [prefetch]),
  ]
  if (statements.length > 0) {
    const results = await session.script(statements.join(';'))
    if (numbers.length > 0) note(results[0])
    if (prefetch !== null) rollups.remember(wanted, results.at(-1) ?? [])
  }
  if (others.length > 0) note(await insertOthers(session, others))

  const isAdded = ({ field, ts }: NewValue): boolean => added.has(`${field.id} ${ts}`)
  const all = [...numbers, ...others]
  const replaced = await replace(
    session,
    added.size === all.length ? [] : all.filter((value) => !isAdded(value)),
  )
  return { changes: changesOf(all.filter(isAdded), replaced), rollups }
}

function insertNumbersSql(session: PostgresSession, values: readonly NewValue[]): string {
  const rows = newRowsSql(session, [
    ['int', values.map(({ field }) => literalOf(field.sensor))],
    ['int', values.map(({ field }) => literalOf(field.id))],
    ['float8', values.map(({ ts }) => literalOf(ts))],
    ['float8', values.map(({ value }) => literalOf(Number(value)))],
  ])
  return `INSERT INTO value (sensor, field, ts, n) ${rows} ON CONFLICT DO NOTHING RETURNING field, ts`
}

async function insertOthers(
  session: PostgresSession,
  values: readonly NewValue[],
): Promise<readonly Tuple[]> {
  return session.tuples(
    `INSERT INTO value (sensor, field, ts, x, b)
     SELECT * FROM unnest($1::int[], $2::int[], $3::float8[], $4::bytea[], $5::bytea[])
     ON CONFLICT DO NOTHING RETURNING field, ts`,
    values.map(({ field }) => field.sensor),
    values.map(({ field }) => field.id),
    values.map(({ ts }) => ts),
    values.map(({ value }) => (typeof value === 'string' ? Buffer.from(value) : null)),
    values.map(({ value }) => (typeof value === 'object' ? Buffer.from(value) : null)),
  )
}

/** Replaces those that differ from what is there. @returns them */
async function replace(session: PostgresSession, values: readonly NewValue[]): Promise<readonly NewValue[]> {
  if (values.length === 0) return []
  const sensors = values.map(({ field }) => field.sensor)
  const fields = values.map(({ field }) => field.id)
  const times = values.map(({ ts }) => ts)
  const old = await session.tuples<readonly [number, ...ValueTuple]>(
    `SELECT new.i::int - 1, old.* FROM unnest($1::int[], $2::int[], $3::float8[]) WITH ORDINALITY AS new (sensor, field, ts, i)
     CROSS JOIN LATERAL (SELECT n, x, b FROM value
       WHERE value.sensor = new.sensor AND value.field = new.field AND value.ts = new.ts
         ${soughtByKey(session, 'value.sensor', '$1')}) old`,
    sensors,
    fields,
    times,
  )
  const replaced: NewValue[] = []
  for (const [index, ...columns] of old) {
    const value = values[index]
    // Compared here, not in SQL, where -0 equals 0.
    if (value !== undefined && !isSame(storedValue(columns), value.value)) replaced.push(value)
  }
  if (replaced.length === 0) return []
  await session.run(
    `UPDATE value SET n = new.n, x = new.x, b = new.b
     FROM unnest($1::int[], $2::int[], $3::float8[], $4::text[]::float8[], $5::bytea[], $6::bytea[]) AS new (sensor, field, ts, n, x, b)
     WHERE value.sensor = new.sensor AND value.field = new.field AND value.ts = new.ts`,
    [
      replaced.map(({ field }) => field.sensor),
      replaced.map(({ field }) => field.id),
      replaced.map(({ ts }) => ts),
      replaced.map(({ value }) =>
        typeof value === 'number' ? (Object.is(value, -0) ? '-0' : String(value)) : null,
      ),
      replaced.map(({ value }) => (typeof value === 'string' ? Buffer.from(value) : null)),
      replaced.map(({ value }) => (typeof value === 'object' ? Buffer.from(value) : null)),
    ],
  )
  return replaced
}

function isSame(old: StoredValue, value: StoredValue): boolean {
  if (typeof old === 'object' && typeof value === 'object') return Buffer.compare(old, value) === 0
  return Object.is(old, value)
}

function changesOf(added: readonly NewValue[], replaced: readonly NewValue[]): ChangesByField {
  const changes = new Map<LiveField, { added: { ts: number; number: number }[]; touched: number[] }>()
  const of = (field: LiveField) => {
    const known = changes.get(field) ?? { added: [], touched: [] }
    changes.set(field, known)
    return known
  }
  for (const { field, ts, value } of added)
    of(field).added.push({ ts, number: typeof value === 'number' ? value : 0 })
  for (const { field, ts } of replaced) of(field).touched.push(ts)
  for (const change of changes.values()) change.added.sort((a, b) => a.ts - b.ts)
  return changes
}
