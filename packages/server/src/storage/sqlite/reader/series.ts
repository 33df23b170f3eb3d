import type { DurationMs, Summary, TimeRange, TimestampMs } from '@senio/protocol'
import { chooseBucket } from '../../sql/bucket-ladder.ts'
import { levelFor, startAt, TOP, widthOf } from '../../sql/pyramid/levels.ts'
import { statisticsSeries } from '../../sql/pyramid/statistics-series.ts'
import { type Bucket, orderedBuckets, unorderedBuckets } from '../../sql/pyramid/buckets.ts'
import type { Series, StoredValue } from '../../measurement-store.ts'
import type { Statements } from '../connection.ts'
import { collect } from './collect.ts'
import { readValues } from './raw-values.ts'
import type { RecentBlocks } from './recent-blocks.ts'
import { inBulk, numberOf, valueOf } from './rows.ts'

export interface SeriesQuery {
  readonly field: number
  readonly summary: Summary
  readonly range: TimeRange
  readonly points: number
  readonly now: TimestampMs
}

/** Several of them from one state of the database, in their order. */
export function* readAllSeries(
  statements: Statements,
  queries: readonly SeriesQuery[],
  blocks: RecentBlocks,
): Generator<void, readonly Series[], void> {
  const all: Series[] = []
  for (const query of queries) {
    all.push(yield* readSeries(statements, query, blocks))
    yield
  }
  return all
}

/** `MeasurementStore.series`, from the pyramid of rollups. */
export function* readSeries(
  statements: Statements,
  query: SeriesQuery,
  blocks: RecentBlocks,
): Generator<void, Series, void> {
  const { field, range, points, summary } = query
  const raw = readRaw(statements, query, blocks)
  if (raw !== null) return raw
  const width = chooseBucket(range, points)
  const sink = summary === 'share' ? orderedBuckets(width) : unorderedBuckets(width)
  yield* collect(statements, field, range, levelFor(width), sink)
  const buckets = sink.buckets()
  return summary === 'last'
    ? yield* lastSeries(statements, query, width, buckets)
    : statisticsSeries(
        query,
        width,
        buckets,
        summary === 'share' ? stateBefore(statements, field, range.from) : null,
      )
}

/** The values themselves, if there are no more than points; null otherwise. */
function readRaw(
  statements: Statements,
  { field, range, points }: SeriesQuery,
  blocks: RecentBlocks,
): Series | null {
  if (hasMoreThan(statements, field, range, points)) return null
  const found = readValues(statements, blocks, field, range, points)
  return found === null ? null : { kind: 'raw', ...found }
}

/** Whether the widest buckets alone hold more; false doesn't say that there are fewer. */
function hasMoreThan(
  statements: Statements,
  field: number,
  { from, to }: TimeRange,
  points: number,
): boolean {
  const inner = startAt(TOP, from) + widthOf(TOP)
  const row = statements
    .get('SELECT sum(count) AS n FROM rollup WHERE field = ? AND level = ? AND start >= ? AND start < ?')
    .get(field, TOP, inner, startAt(TOP, to))
  return typeof row?.['n'] === 'number' && row['n'] > points
}

function stateBefore(statements: Statements, field: number, from: number): number | null {
  const row = statements
    .get('SELECT v FROM value WHERE field = ? AND ts < ? ORDER BY ts DESC LIMIT 1')
    .get(field, from)
  return row === undefined ? null : numberOf(row, 'v')
}

function* lastSeries(
  statements: Statements,
  { field, range }: SeriesQuery,
  width: DurationMs,
  buckets: readonly Bucket[],
): Generator<void, Series, void> {
  const select = statements.get(
    'SELECT v FROM value WHERE field = ? AND ts >= ? AND ts < ? ORDER BY ts DESC LIMIT 1',
  )
  const t: number[] = []
  const value: StoredValue[] = []
  const count: number[] = []
  for (const { start, rollup } of buckets) {
    const row = select.get(field, Math.max(start, range.from), Math.min(start + width, range.to))
    t.push(start)
    value.push(valueOf(row ?? {}))
    count.push(rollup.count)
    yield
  }
  return {
    kind: 'last',
    bucket: width,
    t: Float64Array.from(t),
    value: inBulk(value),
    count: Float64Array.from(count),
  }
}
