import type { DurationMs, Summary, TimeRange, TimestampMs } from '@senio/protocol'
import type { Series, StoredValue, StoredValues } from '../../measurement-store.ts'
import { chooseBucket } from '../../sql/bucket-ladder.ts'
import { type Bucket, orderedBuckets, type Sink, unorderedBuckets } from '../../sql/pyramid/buckets.ts'
import { levelFor, startAt, TOP, widthOf } from '../../sql/pyramid/levels.ts'
import { type FoundRows, rowsOfRange, takeRows } from '../../sql/pyramid/range-pieces.ts'
import type { Rollup } from '../../sql/pyramid/rollup.ts'
import { statisticsSeries } from '../../sql/pyramid/statistics-series.ts'
import { ROLLUP_COLUMNS, type RollupTuple, rollupOfRow } from '../rollup-rows.ts'
import type { PostgresSession } from '../session.ts'
import { numberOf, storedValue, VALUE_COLUMNS, type ValueTuple } from '../stored-value.ts'

export interface SeriesQuery {
  readonly sensor: number
  readonly field: number
  readonly summary: Summary
  readonly range: TimeRange
  readonly points: number
  readonly now: TimestampMs
}

const OWN_VALUES = 'value.sensor = $1 AND value.field = $2'

/** `MeasurementStore.series`, from the pyramid of rollups. The session sees one moment. */
export async function readSeries(session: PostgresSession, query: SeriesQuery): Promise<Series> {
  const { range, points, summary } = query
  const raw = await readRaw(session, query)
  if (raw !== null) return raw
  const width = chooseBucket(range, points)
  const sink = summary === 'share' ? orderedBuckets(width) : unorderedBuckets(width)
  await collect(session, query, levelFor(width), sink)
  const buckets = sink.buckets()
  if (summary === 'last') return lastSeries(session, query, width, buckets)
  return statisticsSeries(
    query,
    width,
    buckets,
    summary === 'share' ? await stateBefore(session, query) : null,
  )
}

/** The values themselves, if there are no more than points; null otherwise. */
async function readRaw(session: PostgresSession, query: SeriesQuery): Promise<Series | null> {
  const { sensor, field, range, points } = query
  if (await hasMoreThan(session, query)) return null
  const rows = await session.tuples<readonly [number, ...ValueTuple]>(
    `SELECT ts, ${VALUE_COLUMNS} FROM value WHERE ${OWN_VALUES} AND ts >= $3 AND ts < $4 ORDER BY ts LIMIT $5`,
    sensor,
    field,
    range.from,
    range.to,
    points + 1,
  )
  if (rows.length > points) return null
  return {
    kind: 'raw',
    t: Float64Array.from(rows, ([ts]) => ts),
    value: inBulk(rows.map(([, ...columns]) => storedValue(columns))),
  }
}

/** Whether the widest buckets alone hold more; false doesn't say that there are fewer. */
async function hasMoreThan(
  session: PostgresSession,
  { sensor, field, range, points }: SeriesQuery,
): Promise<boolean> {
  const [row] = await session.tuples<readonly [number | null]>(
    'SELECT sum(count) FROM rollup WHERE sensor = $1 AND field = $2 AND level = $3 AND start >= $4 AND start < $5',
    sensor,
    field,
    TOP,
    startAt(TOP, range.from) + widthOf(TOP),
    startAt(TOP, range.to),
  )
  return (row?.[0] ?? 0) > points
}

/** Everything that the field holds in the range, in pieces none of which crosses a bucket of the level. */
async function collect(
  session: PostgresSession,
  { sensor, field, range }: SeriesQuery,
  level: number,
  sink: Sink,
): Promise<void> {
  const stretches =
    level < 0
      ? [range]
      : takeRows(range, level, await readRows(session, { sensor, field, range }, level), sink)
  if (stretches.length === 0) return
  const rows = await session.tuples<readonly [number, number | null]>(
    `SELECT found.* FROM unnest($3::float8[], $4::float8[]) AS wanted (low, high) CROSS JOIN LATERAL (
       SELECT ts, n FROM value WHERE ${OWN_VALUES} AND ts >= wanted.low AND ts < wanted.high
         AND ts >= $5 AND ts < $6 OFFSET 0) found`,
    sensor,
    field,
    stretches.map(({ from }) => from),
    stretches.map(({ to }) => to),
    // Known when the query is planned: which partitions it's about.
    range.from,
    range.to,
  )
  for (const [ts, number] of rows) sink.value(ts, numberOf(number))
}

async function readRows(
  session: PostgresSession,
  { sensor, field, range }: Pick<SeriesQuery, 'sensor' | 'field' | 'range'>,
  level: number,
): Promise<FoundRows> {
  const wanted = rowsOfRange(range, level)
  const rows = await session.tuples<readonly [number, ...RollupTuple]>(
    `SELECT wanted.level, found.* FROM unnest($3::int2[], $4::float8[], $5::float8[], $6::bigint[])
       AS wanted (level, low, high, most)
     CROSS JOIN LATERAL (SELECT ${ROLLUP_COLUMNS} FROM rollup WHERE sensor = $1 AND field = $2
       AND rollup.level = wanted.level AND start >= wanted.low AND start < wanted.high
       AND (wanted.most IS NULL OR count <= wanted.most) OFFSET 0) found`,
    sensor,
    field,
    wanted.map((rows) => rows.level),
    wanted.map(({ from }) => from),
    wanted.map(({ to }) => to),
    wanted.map(({ most }) => (most === Infinity ? null : most)),
  )
  const found = new Map<number, Map<number, Rollup>>()
  for (const [at, ...row] of rows) {
    const ofLevel = found.get(at) ?? new Map<number, Rollup>()
    found.set(at, ofLevel.set(row[0], rollupOfRow(row)))
  }
  return found
}

async function stateBefore(
  session: PostgresSession,
  { sensor, field, range }: SeriesQuery,
): Promise<number | null> {
  const [row] = await session.tuples<readonly [number | null]>(
    `SELECT n FROM value WHERE ${OWN_VALUES} AND ts < $3 ORDER BY ts DESC LIMIT 1`,
    sensor,
    field,
    range.from,
  )
  return row?.[0] ?? null
}

async function lastSeries(
  session: PostgresSession,
  { sensor, field, range }: SeriesQuery,
  width: DurationMs,
  buckets: readonly Bucket[],
): Promise<Series> {
  const rows = await session.tuples<ValueTuple>(
    `SELECT found.* FROM unnest($3::float8[], $4::float8[]) WITH ORDINALITY AS wanted (low, high, i) CROSS JOIN LATERAL (
       SELECT ${VALUE_COLUMNS} FROM value WHERE ${OWN_VALUES} AND ts >= wanted.low AND ts < wanted.high
         AND ts >= $5 AND ts < $6 ORDER BY ts DESC LIMIT 1) found
     ORDER BY wanted.i`,
    sensor,
    field,
    buckets.map(({ start }) => Math.max(start, range.from)),
    buckets.map(({ start }) => Math.min(start + width, range.to)),
    range.from,
    range.to,
  )
  return {
    kind: 'last',
    bucket: width,
    t: Float64Array.from(buckets, ({ start }) => start),
    value: inBulk(rows.map(storedValue)),
    count: Float64Array.from(buckets, ({ rollup }) => rollup.count),
  }
}

function inBulk(values: readonly StoredValue[]): StoredValues {
  const isNumbers = values.every((value) => typeof value === 'number')
  return isNumbers ? Float64Array.from(values) : values
}
