import type { StatementSync } from 'node:sqlite'
import { type Tags, type TimeRange, type TimestampMs, timestampMs } from '@senio/protocol'
import type { StoredMeasurement, StoredValue } from '../../measurement-store.ts'
import type { FieldId } from '../../sensor-store.ts'
import type { Statements } from '../connection.ts'
import { textOf, timestampOf, valueOf } from './rows.ts'
import { taggedValues } from './tags.ts'

export interface PageQuery {
  readonly sensor: number
  readonly fields: readonly FieldId[]
  readonly range: TimeRange
  readonly tag?: string
  readonly after?: TimestampMs
  readonly limit: number
}

type Measured = Omit<StoredMeasurement, 'tags'>

/** `MeasurementStore.page`: reads about as many rows as it gives back. */
export function* readPage(
  statements: Statements,
  query: PageQuery,
): Generator<void, readonly StoredMeasurement[], void> {
  const selectTags = statements.get('SELECT tags FROM measurement_tags WHERE sensor = ? AND ts = ?')
  const found =
    query.tag === undefined ? mergeFields(statements, query) : followTag(statements, query, query.tag)
  const page: StoredMeasurement[] = []
  // Closes the iterators below when it ends early.
  for (const measured of found) {
    if (measured !== null) {
      const tags = selectTags.get(query.sensor, measured.timestamp)
      page.push({ ...measured, tags: tags === undefined ? null : (JSON.parse(textOf(tags, 'tags')) as Tags) })
      if (page.length >= query.limit) break
    }
    yield
  }
  return page
}

/** Joins the fields' values, each ascending, into measurements. */
function* mergeFields(statements: Statements, query: PageQuery): Generator<Measured, void, void> {
  const cursors = query.fields.map((field) => new FieldCursor(statements, field, query))
  try {
    for (;;) {
      let timestamp = Infinity
      for (const { head } of cursors)
        if (head !== null && head.timestamp < timestamp) timestamp = head.timestamp
      if (timestamp === Infinity) return
      const values: { field: FieldId; value: StoredValue }[] = []
      for (const cursor of cursors) {
        if (cursor.head?.timestamp !== timestamp) continue
        values.push({ field: cursor.field, value: cursor.head.value })
        cursor.advance()
      }
      yield { timestamp: timestampMs(timestamp), values }
    }
  } finally {
    for (const cursor of cursors) cursor.close()
  }
}

/** The measurements that bear a tag; null for one that has no value in the fields. */
function* followTag(
  statements: Statements,
  query: PageQuery,
  tag: string,
): Generator<Measured | null, void, void> {
  const [field, ...others] = query.fields
  if (field !== undefined && others.length === 0)
    return yield* followTagInField(statements, query, field, tag)
  const select = statements.db.prepare(
    `SELECT ts FROM tag_word WHERE sensor = ? AND word = ? AND ${lowerBound(query).sql} AND ts < ? ORDER BY ts`,
  )
  const selectValue = statements.get('SELECT v FROM value WHERE field = ? AND ts = ?')
  for (const row of select.iterate(query.sensor, tag, lowerBound(query).value, query.range.to)) {
    const timestamp = timestampOf(row)
    const values = query.fields.flatMap((field) => {
      const found = selectValue.get(field, timestamp)
      return found === undefined ? [] : [{ field, value: valueOf(found) }]
    })
    yield values.length === 0 ? null : { timestamp, values }
  }
}

/** Where one field is asked for that has few values, it leads to the measurements, not the tag. */
function* followTagInField(
  statements: Statements,
  query: PageQuery,
  field: FieldId,
  tag: string,
): Generator<Measured | null, void, void> {
  const { sql, value: from } = lowerBound(query)
  const tagged = { sensor: query.sensor, field, tag, to: query.range.to }
  for (const found of taggedValues(statements, tagged, { from, isInclusive: sql === INCLUSIVE })) {
    yield found === null ? null : { timestamp: found.timestamp, values: [{ field, value: found.value }] }
  }
}

/** One field's values, the next one at its head; null at the end. */
class FieldCursor {
  readonly field: FieldId
  head: { readonly timestamp: TimestampMs; readonly value: StoredValue } | null = null
  readonly #rows: ReturnType<StatementSync['iterate']>

  constructor(statements: Statements, field: FieldId, query: PageQuery) {
    this.field = field
    // A statement of its own: one statement walks through one result at a time.
    this.#rows = statements.db
      .prepare(`SELECT ts, v FROM value WHERE field = ? AND ${lowerBound(query).sql} AND ts < ? ORDER BY ts`)
      .iterate(field, lowerBound(query).value, query.range.to)
    this.advance()
  }

  advance(): void {
    const next = this.#rows.next()
    this.head = next.done === true ? null : { timestamp: timestampOf(next.value), value: valueOf(next.value) }
  }

  close(): void {
    this.#rows.return?.()
  }
}

const INCLUSIVE = 'ts >= ?'

function lowerBound({ after, range }: PageQuery): { readonly sql: string; readonly value: number } {
  return after !== undefined && after >= range.from
    ? { sql: 'ts > ?', value: after }
    : { sql: INCLUSIVE, value: range.from }
}
