import { type Tags, type TimeRange, type TimestampMs, timestampMs } from '@senio/protocol'
import type { StoredMeasurement, StoredValue } from '../../measurement-store.ts'
import type { FieldId, SensorId } from '../../sensor-store.ts'
import type { PostgresSession } from '../session.ts'
import { storedValue, VALUE_COLUMNS, type ValueTuple } from '../stored-value.ts'

export interface PageQuery {
  readonly sensor: SensorId
  readonly fields: readonly FieldId[]
  readonly range: TimeRange
  readonly tag?: string
  readonly after?: TimestampMs
  readonly limit: number
}

type FoundValue = readonly [field: FieldId, ts: number, ...ValueTuple]

/** `MeasurementStore.page`: reads at most as many rows as it gives values, for measurements that have all fields. */
export async function readPage(
  session: PostgresSession,
  query: PageQuery,
): Promise<readonly StoredMeasurement[]> {
  const { fields, limit } = query
  if (fields.length === 0) return []
  const found =
    query.tag === undefined ? await readValues(session, query) : await readTagged(session, query, query.tag)
  const byTime = Map.groupBy(found, ([, ts]) => ts)
  const times = [...byTime.keys()].sort((a, b) => a - b).slice(0, limit)
  const tags = await readTags(session, query.sensor, times)
  return times.map((ts) => {
    const values = new Map<FieldId, StoredValue>()
    for (const [field, , ...columns] of byTime.get(ts) ?? []) values.set(field, storedValue(columns))
    return {
      timestamp: timestampMs(ts),
      values: fields.flatMap((field) => {
        const value = values.get(field)
        return value === undefined ? [] : [{ field, value }]
      }),
      tags: tags.get(ts) ?? null,
    }
  })
}

/** Each field's first values: those of the first measurements are among them. */
async function readValues(session: PostgresSession, query: PageQuery): Promise<readonly FoundValue[]> {
  const { sensor, fields, range, limit } = query
  const [comparison, from] = lowerBound(query)
  return session.tuples<FoundValue>(
    `SELECT wanted.field, found.* FROM unnest($2::int[]) AS wanted (field) CROSS JOIN LATERAL (
       SELECT ts, ${VALUE_COLUMNS} FROM value WHERE value.sensor = $1 AND value.field = wanted.field
         AND ts ${comparison} $3 AND ts < $4 ORDER BY ts LIMIT $5) found`,
    sensor,
    fields,
    from,
    range.to,
    limit,
  )
}

/** The values of the first measurements with a tag. */
async function readTagged(
  session: PostgresSession,
  query: PageQuery,
  tag: string,
): Promise<readonly FoundValue[]> {
  const { sensor, fields, range, limit } = query
  const [comparison, from] = lowerBound(query)
  return session.tuples<FoundValue>(
    `SELECT value.field, value.ts, ${VALUE_COLUMNS} FROM (
       SELECT ts FROM tag_word WHERE sensor = $1 AND word = $5 AND ts ${comparison} $3 AND ts < $4
         AND EXISTS (SELECT 1 FROM value WHERE value.sensor = $1 AND value.field = ANY($2::int[])
           AND value.ts = tag_word.ts AND value.ts >= $3 AND value.ts < $4)
       ORDER BY ts LIMIT $6) tagged
     JOIN value ON value.sensor = $1 AND value.field = ANY($2::int[]) AND value.ts = tagged.ts
       AND value.ts >= $3 AND value.ts < $4`,
    sensor,
    fields,
    from,
    range.to,
    Buffer.from(tag),
    limit,
  )
}

async function readTags(
  session: PostgresSession,
  sensor: number,
  times: readonly number[],
): Promise<ReadonlyMap<number, Tags>> {
  if (times.length === 0) return new Map()
  const rows = await session.tuples<readonly [number, string]>(
    'SELECT ts, tags FROM measurement_tags WHERE sensor = $1 AND ts = ANY($2::float8[])',
    sensor,
    times,
  )
  return new Map(rows.map(([ts, tags]) => [ts, JSON.parse(tags) as Tags]))
}

function lowerBound({ after, range }: PageQuery): readonly [comparison: string, from: number] {
  return after !== undefined && after >= range.from ? ['>', after] : ['>=', range.from]
}
