import { type Tags, tagWords } from '@senio/protocol'
import { soughtByKey } from '../seeks.ts'
import type { PostgresSession } from '../session.ts'
import type { AppendCall } from './append-call.ts'

/** The tags of one measurement, as JSON. */
export interface StoredTags {
  readonly sensor: number
  readonly ts: number
  readonly tags: string
}

/** Puts the tags of measurements in the place of those that they had; null leaves them. */
export async function storeTags(session: PostgresSession, calls: readonly AppendCall[]): Promise<void> {
  const wanted = new Map<string, StoredTags>()
  for (const { measurements } of calls) {
    for (const { sensor, timestamp, tags } of measurements) {
      if (tags === null) continue
      wanted.set(keyOf(sensor, timestamp), { sensor, ts: timestamp, tags: JSON.stringify(tags) })
    }
  }
  if (wanted.size === 0) return
  const old = await findTags(session, [...wanted.values()])
  const replaced = old.filter(({ sensor, ts, tags }) => wanted.get(keyOf(sensor, ts))?.tags !== tags)
  for (const { sensor, ts, tags } of old) {
    const key = keyOf(sensor, ts)
    if (wanted.get(key)?.tags === tags) wanted.delete(key)
  }
  await deleteWords(session, replaced)
  const rows = [...wanted.values()]
  if (rows.length === 0) return
  await session.run(
    `INSERT INTO measurement_tags SELECT * FROM unnest($1::int[], $2::float8[], $3::text[])
     ON CONFLICT (sensor, ts) DO UPDATE SET tags = excluded.tags`,
    [rows.map(({ sensor }) => sensor), rows.map(({ ts }) => ts), rows.map(({ tags }) => tags)],
  )
  await session.run(
    `INSERT INTO tag_word SELECT * FROM unnest($1::int[], $2::bytea[], $3::float8[]) ON CONFLICT DO NOTHING`,
    wordsOf(rows),
  )
}

/** The tags of measurements with their words. */
export async function deleteTags(session: PostgresSession, rows: readonly StoredTags[]): Promise<void> {
  if (rows.length === 0) return
  await deleteWords(session, rows)
  await session.run(
    `DELETE FROM measurement_tags USING unnest($1::int[], $2::float8[]) AS gone (sensor, ts)
     WHERE measurement_tags.sensor = gone.sensor AND measurement_tags.ts = gone.ts`,
    [rows.map(({ sensor }) => sensor), rows.map(({ ts }) => ts)],
  )
}

async function findTags(
  session: PostgresSession,
  wanted: readonly StoredTags[],
): Promise<readonly StoredTags[]> {
  const rows = await session.tuples<readonly [number, number, string]>(
    `SELECT wanted.sensor, wanted.ts, found.tags FROM unnest($1::int[], $2::float8[]) AS wanted (sensor, ts)
     CROSS JOIN LATERAL (
       SELECT tags FROM measurement_tags m WHERE m.sensor = wanted.sensor AND m.ts = wanted.ts
         ${soughtByKey(session, 'm.sensor', '$1')}) found`,
    wanted.map(({ sensor }) => sensor),
    wanted.map(({ ts }) => ts),
  )
  return rows.map(([sensor, ts, tags]) => ({ sensor, ts, tags }))
}

async function deleteWords(session: PostgresSession, rows: readonly StoredTags[]): Promise<void> {
  if (rows.length === 0) return
  await session.run(
    `DELETE FROM tag_word USING unnest($1::int[], $2::bytea[], $3::float8[]) AS gone (sensor, word, ts)
     WHERE tag_word.sensor = gone.sensor AND tag_word.word = gone.word AND tag_word.ts = gone.ts`,
    wordsOf(rows),
  )
}

/** Columns sensor, word, ts. Words are bytes: PostgreSQL's text knows no NUL. */
function wordsOf(rows: readonly StoredTags[]): readonly [number[], Buffer[], number[]] {
  const columns: [number[], Buffer[], number[]] = [[], [], []]
  for (const { sensor, ts, tags } of rows) {
    for (const word of tagWords(JSON.parse(tags) as Tags)) {
      columns[0].push(sensor)
      columns[1].push(Buffer.from(word))
      columns[2].push(ts)
    }
  }
  return columns
}

function keyOf(sensor: number, ts: number): string {
  return `${sensor} ${ts}`
}
