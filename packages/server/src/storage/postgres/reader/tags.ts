import { foldCase } from '../../sql/fold-case.ts'
import type { PostgresSession } from '../session.ts'

/** Words looked at in one query, when a text is searched among them. */
const WORDS_PER_QUERY = 500

/** `MeasurementStore.tags`: one seek a word, however many measurements bear it. */
export async function readTags(
  session: PostgresSession,
  query: {
    readonly sensor: number
    readonly search?: string
    readonly after: string | null
    readonly limit: number
  },
): Promise<readonly string[]> {
  const { sensor, limit } = query
  const search = query.search === undefined ? null : foldCase(query.search)
  const step = search === null ? limit : WORDS_PER_QUERY
  const words: string[] = []
  for (let after = query.after; words.length < limit;) {
    const found = await nextWords(session, sensor, after, step)
    words.push(...found.filter((word) => search === null || foldCase(word).includes(search)))
    if (found.length < step) break
    after = found.at(-1) ?? null
  }
  return words.slice(0, limit)
}

async function nextWords(
  session: PostgresSession,
  sensor: number,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const rows = await session.tuples<readonly [Buffer]>(
    `WITH RECURSIVE words AS (
       (SELECT word FROM tag_word WHERE sensor = $1 AND word ${after === null ? '>=' : '>'} $2 ORDER BY word LIMIT 1)
       UNION ALL
       SELECT next.word FROM words CROSS JOIN LATERAL (
         SELECT word FROM tag_word WHERE sensor = $1 AND word > words.word ORDER BY word LIMIT 1) next
     ) SELECT word FROM words LIMIT $3`,
    sensor,
    Buffer.from(after ?? ''),
    limit,
  )
  return rows.map(([word]) => word.toString('utf8'))
}
