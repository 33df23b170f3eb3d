import { type Tags, tagWords } from '@senio/protocol'
import type { Statements } from '../connection.ts'

/** A measurement that has lost its last value has no tags either: they must not join a later one. */
export function deleteTagsWithoutValues(
  statements: Statements,
  sensor: number,
  candidates: readonly Record<string, unknown>[],
): void {
  const selectTags = statements.get(
    `SELECT tags FROM measurement_tags WHERE sensor = ?1 AND ts = ?2 AND NOT EXISTS (
       SELECT 1 FROM field JOIN value ON value.field = field.id AND value.ts = ?2 WHERE field.sensor = ?1)`,
  )
  for (const { ts } of candidates) {
    const tags = selectTags.get(sensor, Number(ts))?.['tags']
    if (typeof tags === 'string') deleteTags(statements, sensor, Number(ts), tags)
  }
}

/** The tags of one measurement, and the words that it is found by. */
export function deleteTags(statements: Statements, sensor: number, ts: number, tags: string): void {
  const deleteWord = statements.get('DELETE FROM tag_word WHERE sensor = ? AND word = ? AND ts = ?')
  for (const word of tagWords(JSON.parse(tags) as Tags)) deleteWord.run(sensor, word, ts)
  statements.get('DELETE FROM measurement_tags WHERE sensor = ? AND ts = ?').run(sensor, ts)
}
