import type { TimeRange, TimestampMs } from '@senio/protocol'
import { timestampMs } from '@senio/protocol'
import type { TimedValue } from '../../measurement-store.ts'
import type { FieldId, SensorId } from '../../sensor-store.ts'
import { sliceOf, sliceStart } from '../../slices.ts'
import type { Statements } from '../connection.ts'
import { timedValueOf, timestampOf } from './rows.ts'
import { taggedValues } from './tags.ts'

/** `MeasurementStore.valuesAt`. */
export function readValuesAt(
  statements: Statements,
  { fields, at }: { readonly fields: readonly FieldId[]; readonly at: TimestampMs },
): ReadonlyMap<FieldId, TimedValue> {
  const select = statements.get(
    'SELECT ts, v FROM value WHERE field = ? AND ts <= ? ORDER BY ts DESC LIMIT 1',
  )
  const values = new Map<FieldId, TimedValue>()
  for (const field of fields) {
    const row = select.get(field, at)
    if (row !== undefined) values.set(field, timedValueOf(row))
  }
  return values
}

/** `MeasurementStore.extent`. */
export function readExtent(
  statements: Statements,
  fields: readonly FieldId[],
): { readonly first: TimestampMs; readonly last: TimestampMs } | null {
  const selectFirst = statements.get('SELECT ts FROM value WHERE field = ? ORDER BY ts LIMIT 1')
  const selectLast = statements.get('SELECT ts FROM value WHERE field = ? ORDER BY ts DESC LIMIT 1')
  let first = Infinity
  let last = -Infinity
  for (const field of fields) {
    const oldest = selectFirst.get(field)
    const newest = selectLast.get(field)
    if (oldest === undefined || newest === undefined) continue
    first = Math.min(first, timestampOf(oldest))
    last = Math.max(last, timestampOf(newest))
  }
  return first === Infinity ? null : { first: timestampMs(first), last: timestampMs(last) }
}

/** `MeasurementStore.hasValue`. */
export function readHasValue(
  statements: Statements,
  { fields, value }: { readonly fields: readonly FieldId[]; readonly value: Uint8Array },
): boolean {
  // The condition on the type lets SQLite use the index of blobs.
  const select = statements.get(
    `SELECT 1 FROM value WHERE v = ? AND field = ? AND typeof(v) = 'blob' LIMIT 1`,
  )
  return fields.some((field) => select.get(value, field) !== undefined)
}

interface EvenlySpacedQuery {
  readonly field: FieldId
  readonly range: TimeRange
  readonly tagged?: { readonly sensor: SensorId; readonly tag: string }
  readonly count: number
}

/** `MeasurementStore.evenlySpaced`: one seek a slice, and none in the gaps between values. */
export function* readEvenlySpaced(
  statements: Statements,
  query: EvenlySpacedQuery,
): Generator<void, readonly TimedValue[], void> {
  const { field, range, count } = query
  if (query.tagged !== undefined) {
    return yield* readTaggedEvenlySpaced(statements, { ...query, tagged: query.tagged })
  }
  const select = statements.get(
    'SELECT ts, v FROM value WHERE field = ? AND ts >= ? AND ts < ? ORDER BY ts LIMIT ?',
  )
  const few = select.all(field, range.from, range.to, count + 1)
  if (few.length <= count) return few.map(timedValueOf)
  const spaced: TimedValue[] = []
  for (let slice = 0; slice < count;) {
    const row = select.get(field, sliceStart(range, slice, count), range.to, 1)
    if (row === undefined) break
    const found = timedValueOf(row)
    spaced.push(found)
    slice = sliceOf(range, found.timestamp, count) + 1
    yield
  }
  return spaced
}

/** The same among the values with a tag. */
function* readTaggedEvenlySpaced(
  statements: Statements,
  { field, range, tagged, count }: Required<EvenlySpacedQuery>,
): Generator<void, readonly TimedValue[], void> {
  const query = { ...tagged, field, to: range.to }
  const few: TimedValue[] = []
  for (const found of taggedValues(statements, query, { from: range.from })) {
    if (found !== null) few.push(found)
    if (few.length > count) break
    yield
  }
  if (few.length <= count) return few
  const spaced: TimedValue[] = []
  for (let slice = 0; slice < count;) {
    let first: TimedValue | null = null
    for (const found of taggedValues(statements, query, { from: sliceStart(range, slice, count) })) {
      first = found
      yield
      if (found !== null) break
    }
    if (first === null) break
    spaced.push(first)
    slice = sliceOf(range, first.timestamp, count) + 1
  }
  return spaced
}
