import { type TimeRange, type TimestampMs, timestampMs } from '@senio/protocol'
import type { TimedValue } from '../../measurement-store.ts'
import type { FieldId, SensorId } from '../../sensor-store.ts'
import { sliceStart } from '../../slices.ts'
import type { OwnedFields } from '../field-owners.ts'
import type { PostgresSession } from '../session.ts'
import { storedValue, VALUE_COLUMNS, type ValueTuple } from '../stored-value.ts'

const WANTED = 'unnest($1::int[], $2::int[]) AS wanted (sensor, field)'
const OWN = 'value.sensor = wanted.sensor AND value.field = wanted.field'

type TimedTuple = readonly [ts: number, ...ValueTuple]

/** `MeasurementStore.valuesAt`: one seek a field. */
export async function readValuesAt(
  session: PostgresSession,
  { sensors, fields }: OwnedFields,
  at: TimestampMs,
): Promise<ReadonlyMap<FieldId, TimedValue>> {
  const rows = await session.tuples<readonly [FieldId, ...TimedTuple]>(
    `SELECT wanted.field, found.* FROM ${WANTED} CROSS JOIN LATERAL (
       SELECT ts, ${VALUE_COLUMNS} FROM value WHERE ${OWN} AND ts <= $3 ORDER BY ts DESC LIMIT 1) found`,
    sensors,
    fields,
    at,
  )
  const found = new Map(rows.map(([field, ...row]) => [field, timedValue(row)]))
  return new Map(
    fields.flatMap((field) => {
      const value = found.get(field)
      return value === undefined ? [] : [[field, value] as const]
    }),
  )
}

/** `MeasurementStore.extent`: two seeks a field. */
export async function readExtent(
  session: PostgresSession,
  { sensors, fields }: OwnedFields,
): Promise<{ readonly first: TimestampMs; readonly last: TimestampMs } | null> {
  const [row] = await session.tuples<readonly [number | null, number | null]>(
    `SELECT min(oldest.ts), max(newest.ts) FROM ${WANTED}
     CROSS JOIN LATERAL (SELECT ts FROM value WHERE ${OWN} ORDER BY ts LIMIT 1) oldest
     CROSS JOIN LATERAL (SELECT ts FROM value WHERE ${OWN} ORDER BY ts DESC LIMIT 1) newest`,
    sensors,
    fields,
  )
  const [first, last] = row ?? [null, null]
  return first === null || last === null ? null : { first: timestampMs(first), last: timestampMs(last) }
}

/** `MeasurementStore.hasValue`. */
export async function readHasValue(
  session: PostgresSession,
  { sensors, fields }: OwnedFields,
  bytes: Uint8Array,
): Promise<boolean> {
  const rows = await session.tuples(
    `SELECT 1 FROM ${WANTED} WHERE EXISTS (SELECT 1 FROM value WHERE ${OWN} AND b = $3) LIMIT 1`,
    sensors,
    fields,
    Buffer.from(bytes),
  )
  return rows.length > 0
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
