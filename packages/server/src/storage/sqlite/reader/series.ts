import { type DurationMs, type TimeRange, timestampMs } from '@senio/protocol'
import { bucketStart, chooseBucket } from '../../sql/bucket-ladder.ts'
import type { Series, StoredValue, Summary } from '../../measurement-store.ts'
import type { Statements } from '../connection.ts'
import { numberOf, timestampOf, valueOf } from './rows.ts'

export interface SeriesQuery {
  readonly field: number
  readonly summary: Summary
  readonly range: TimeRange
  readonly points: number
}

/** `MeasurementStore.series`, from the values themselves. */
export function* readSeries(statements: Statements, query: SeriesQuery): Generator<void, Series, void> {
  const { field, summary, range, points } = query
  const few = statements
    .get('SELECT ts, v FROM value WHERE field = ? AND ts >= ? AND ts < ? ORDER BY ts LIMIT ?')
    .all(field, range.from, range.to, points + 1)
  if (few.length <= points) return { kind: 'raw', t: few.map(timestampOf), value: few.map(valueOf) }
  const bucket = chooseBucket(range, points)
  return summary === 'statistics'
    ? yield* readStatistics(statements, field, range, bucket)
    : yield* readLast(statements, field, range, bucket)
}

function* readStatistics(
  statements: Statements,
  field: number,
  range: TimeRange,
  bucket: DurationMs,
): Generator<void, Series, void> {
  const t: number[] = []
  const min: number[] = []
  const mean: number[] = []
  const max: number[] = []
  const count: number[] = []
  const summarise = statements.get(
    `SELECT count(*) AS count, min(v) AS min, max(v) AS max, sum(v) AS sum
     FROM value WHERE field = ? AND ts >= ? AND ts < ?`,
  )
  for (const { start, from, to } of bucketsWithValues(statements, field, range, bucket)) {
    const row = summarise.get(field, from, to) ?? {}
    const n = numberOf(row, 'count')
    const least = numberOf(row, 'min')
    const greatest = numberOf(row, 'max')
    const sum = row['sum']
    const average =
      typeof sum === 'number' && Number.isFinite(sum) ? sum / n : runningMean(statements, field, from, to)
    t.push(start)
    min.push(least)
    max.push(greatest)
    // Rounding can carry the mean of equal values just past them.
    mean.push(Math.min(greatest, Math.max(least, average)))
    count.push(n)
    yield
  }
  return { kind: 'statistics', bucket, t, min, mean, max, count }
}

/** Where the sum of a bucket is larger than any double: the mean is not. */
function runningMean(statements: Statements, field: number, from: number, to: number): number {
  const rows = statements
    .get('SELECT v FROM value WHERE field = ? AND ts >= ? AND ts < ?')
    .iterate(field, from, to)
  let mean = 0
  let n = 0
  for (const row of rows) {
    n++
    mean = mean * ((n - 1) / n) + numberOf(row, 'v') / n
  }
  return mean
}

function* readLast(
  statements: Statements,
  field: number,
  range: TimeRange,
  bucket: DurationMs,
): Generator<void, Series, void> {
  const t: number[] = []
  const value: StoredValue[] = []
  const count: number[] = []
  const selectCount = statements.get('SELECT count(*) AS n FROM value WHERE field = ? AND ts >= ? AND ts < ?')
  const selectLast = statements.get(
    'SELECT v FROM value WHERE field = ? AND ts >= ? AND ts < ? ORDER BY ts DESC LIMIT 1',
  )
  for (const { start, from, to } of bucketsWithValues(statements, field, range, bucket)) {
    t.push(start)
    value.push(valueOf(selectLast.get(field, from, to) ?? {}))
    count.push(numberOf(selectCount.get(field, from, to) ?? {}, 'n'))
    yield
  }
  return { kind: 'last', bucket, t, value, count }
}

/** The buckets that hold values, each with the part of it that lies within the range. */
function* bucketsWithValues(
  statements: Statements,
  field: number,
  range: TimeRange,
  bucket: DurationMs,
): Generator<{ readonly start: number; readonly from: number; readonly to: number }, void, void> {
  const selectNext = statements.get(
    'SELECT ts FROM value WHERE field = ? AND ts >= ? AND ts < ? ORDER BY ts LIMIT 1',
  )
  let from: number = range.from
  for (;;) {
    const next = selectNext.get(field, from, range.to)
    if (next === undefined) return
    const start = timestampMs(bucketStart(timestampOf(next), bucket))
    const end = Math.min(start + bucket, range.to)
    yield { start, from: Math.max(start, from), to: end }
    from = end
  }
}
