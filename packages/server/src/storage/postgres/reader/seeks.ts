import { type TimeRange, type TimestampMs, timestampMs } from '@senio/protocol'
import type { TimedValue } from '../../measurement-store.ts'
import type { FieldId, SensorId } from '../../sensor-store.ts'
import { sliceStart } from '../../slices.ts'
import type { OwnedFields } from '../field-owners.ts'
import type { PostgresSession, Tuple } from '../session.ts'
import { storedValue, VALUE_COLUMNS, type ValueTuple } from '../stored-value.ts'

type TimedTuple = readonly [ts: number, ...ValueTuple]

/** `MeasurementStore.valuesAt`: one seek a field. */
export async function readValuesAt(
  session: PostgresSession,
  asked: OwnedFields,
  at: TimestampMs,
): Promise<ReadonlyMap<FieldId, TimedValue>> {
  const rows = await seek<readonly [FieldId, ...TimedTuple]>(
    session,
    asked,
    (own) =>
      `SELECT wanted.field, found.* FROM ${WANTED} CROSS JOIN LATERAL (
         SELECT ts, ${VALUE_COLUMNS} FROM value WHERE ${own} AND ts <= $3 ORDER BY ts DESC LIMIT 1) found`,
    at,
  )
  const found = new Map(rows.map(([field, ...row]) => [field, timedValue(row)]))
  return new Map(
    asked.fields.flatMap((field) => {
      const value = found.get(field)
      return value === undefined ? [] : [[field, value] as const]
    }),
  )
}

/** `MeasurementStore.extent`: two seeks a field. */
export async function readExtent(
  session: PostgresSession,
  asked: OwnedFields,
): Promise<{ readonly first: TimestampMs; readonly last: TimestampMs } | null> {
  const rows = await seek<readonly [number | null, number | null]>(
    session,
    asked,
    (own) =>
      `SELECT min(oldest.ts), max(newest.ts) FROM ${WANTED}
       CROSS JOIN LATERAL (SELECT ts FROM value WHERE ${own} ORDER BY ts LIMIT 1) oldest
       CROSS JOIN LATERAL (SELECT ts FROM value WHERE ${own} ORDER BY ts DESC LIMIT 1) newest`,
  )
  const ends = rows.filter((row): row is readonly [number, number] => row[0] !== null)
  if (ends.length === 0) return null
  return {
    first: timestampMs(Math.min(...ends.map(([first]) => first))),
    last: timestampMs(Math.max(...ends.map(([, last]) => last))),
  }
}

/** `MeasurementStore.hasValue`. */
export async function readHasValue(
  session: PostgresSession,
  asked: OwnedFields,
  bytes: Uint8Array,
): Promise<boolean> {
  const rows = await seek(
    session,
    asked,
    (own) => `SELECT 1 FROM ${WANTED} WHERE EXISTS (SELECT 1 FROM value WHERE ${own} AND b = $3) LIMIT 1`,
    Buffer.from(bytes),
  )
  return rows.length > 0
}

const WANTED = 'unnest($1::int[], $2::int[]) AS wanted (sensor, field)'
const OWN = 'value.sensor = wanted.sensor AND value.field = wanted.field'

/**
 * The rows of a question about each field, of which there may be one at most. Where sensors are distributed each of them is
 * asked for by itself, so that its own server answers: Citus seeks nothing for the rows of a list.
 *
 * @param sql of what says which values are a wanted field's; further parameters are $3 and so on
 */
async function seek<Row extends Tuple>(
  session: PostgresSession,
  { sensors, fields }: OwnedFields,
  sql: (own: string) => string,
  ...more: readonly unknown[]
): Promise<readonly Row[]> {
  if (!session.isDistributed) return session.tuples<Row>(sql(OWN), sensors, fields, ...more)
  const rows: Row[] = []
  const bySensor = Map.groupBy(fields, (_, index) => sensors[index] ?? 0)
  for (const [sensor, own] of bySensor) {
    const one = sql(`${OWN} AND value.sensor = ${sensor}`)
    rows.push(
      ...(await session.tuples<Row>(
        one,
        own.map(() => sensor),
        own,
        ...more,
      )),
    )
  }
  return rows
}

interface EvenlySpacedQuery {
  readonly field: FieldId
  readonly range: TimeRange
  readonly tagged?: { readonly sensor: SensorId; readonly tag: string }
  readonly count: number
}

/** `MeasurementStore.evenlySpaced`: one seek a slice. */
export async function readEvenlySpaced(
  session: PostgresSession,
  sensor: number,
  { field, range, tagged, count }: EvenlySpacedQuery,
): Promise<readonly TimedValue[]> {
  const source =
    tagged === undefined
      ? 'FROM value WHERE value.sensor = $1 AND value.field = $2'
      : `FROM tag_word JOIN value ON value.ts = tag_word.ts AND value.sensor = $1 AND value.field = $2
         WHERE tag_word.sensor = $1 AND tag_word.word = $5 AND tag_word.ts >= $3 AND tag_word.ts < $4`
  const within = 'value.ts >= $3 AND value.ts < $4'
  const parameters = [
    sensor,
    field,
    range.from,
    range.to,
    ...(tagged === undefined ? [] : [Buffer.from(tagged.tag)]),
  ]
  const next = `$${parameters.length + 1}`
  const few = await session.tuples<TimedTuple>(
    `SELECT value.ts, ${VALUE_COLUMNS} ${source} AND ${within} ORDER BY value.ts LIMIT ${next}`,
    ...parameters,
    count + 1,
  )
  if (few.length <= count) return few.map(timedValue)
  const column = tagged === undefined ? 'value.ts' : 'tag_word.ts'
  const spaced = await session.tuples<TimedTuple>(
    `SELECT found.* FROM unnest(${next}::float8[], $${parameters.length + 2}::float8[]) WITH ORDINALITY AS slice (low, high, i)
     CROSS JOIN LATERAL (SELECT value.ts, ${VALUE_COLUMNS} ${source} AND ${within}
       AND ${column} >= slice.low AND ${column} < slice.high ORDER BY ${column} LIMIT 1) found
     ORDER BY slice.i`,
    ...parameters,
    Array.from({ length: count }, (_, slice) => sliceStart(range, slice, count)),
    Array.from({ length: count }, (_, slice) => sliceStart(range, slice + 1, count)),
  )
  return spaced.map(timedValue)
}

function timedValue([ts, ...columns]: TimedTuple): TimedValue {
  return { timestamp: timestampMs(ts), value: storedValue(columns) }
}
