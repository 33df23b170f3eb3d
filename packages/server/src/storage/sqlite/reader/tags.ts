import type { TimedValue } from '../../measurement-store.ts'
import { foldCase } from '../../sql/fold-case.ts'
import type { Statements } from '../connection.ts'
import { textOf, timedValueOf, timestampOf } from './rows.ts'

export interface TaggedQuery {
  readonly sensor: number
  readonly field: number
  readonly tag: string
  /** Exclusive. */
  readonly to: number
}

/**
 * A field's values of measurements that bear a tag, from an instant on, ascending; null for a step that found none.
 * Looks in turn for the next measurement with the tag and for the next value: whichever are fewer decide how many
 * steps it takes.
 */
export function* taggedValues(
  statements: Statements,
  { sensor, field, tag, to }: TaggedQuery,
  { from, isInclusive = true }: { readonly from: number; readonly isInclusive?: boolean },
): Generator<TimedValue | null, void, void> {
  const selectTagged = (comparison: '>' | '>=') =>
    statements.get(
      `SELECT ts FROM tag_word WHERE sensor = ? AND word = ? AND ts ${comparison} ? AND ts < ? ORDER BY ts LIMIT 1`,
    )
  const selectValue = statements.get(
    'SELECT ts, v FROM value WHERE field = ? AND ts >= ? AND ts < ? ORDER BY ts LIMIT 1',
  )
  let after = from
  let comparison: '>' | '>=' = isInclusive ? '>=' : '>'
  for (;;) {
    const tagged = selectTagged(comparison).get(sensor, tag, after, to)
    if (tagged === undefined) return
    const timestamp = timestampOf(tagged)
    const row = selectValue.get(field, timestamp, to)
    if (row === undefined) return
    const found = timedValueOf(row)
    const isHit = found.timestamp === timestamp
    after = found.timestamp
    comparison = isHit ? '>' : '>='
    yield isHit ? found : null
  }
}

/** `MeasurementStore.tags`: one seek a word, however many measurements bear it. */
export function* readTags(
  statements: Statements,
  query: {
    readonly sensor: number
    readonly search?: string
    readonly after: string | null
    readonly limit: number
  },
): Generator<void, readonly string[], void> {
  const { sensor, after, limit } = query
  const search = query.search === undefined ? null : foldCase(query.search)
  const select = (comparison: '>' | '>=') =>
    statements.get(
      `SELECT word FROM tag_word WHERE sensor = ? AND word ${comparison} ? ORDER BY word LIMIT 1`,
    )
  const words: string[] = []
  let row = after === null ? select('>=').get(sensor, '') : select('>').get(sensor, after)
  while (row !== undefined && words.length < limit) {
    const word = textOf(row, 'word')
    if (search === null || foldCase(word).includes(search)) words.push(word)
    row = select('>').get(sensor, word)
    yield
  }
  return words
}
