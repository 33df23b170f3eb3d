import type { FaultQueries, KeptField, Slice } from '../sql/faults/fault-queries.ts'
import { query } from '../sql/faults/asking.ts'

const LEVELS = '0, 1, 2, 3, 4, 5, 6, 7'

/** How SQLite's tables are asked for what `findFaults` looks at. */
export const sqliteFaultQueries: FaultQueries = {
  // More of them would outlive the quick passes of the garbage collector.
  valuesPerQuery: 1000,

  values: ({ id }: KeptField, { from, to }: Slice, isAfter, limit) =>
    query(
      `SELECT ts, v FROM value WHERE field = $1 AND ts ${isAfter ? '>' : '>='} $2 AND ts < $3 ORDER BY ts LIMIT $4`,
      id,
      from,
      to,
      limit,
    ),
  valueOf: (row) => row[1],

  rollups: ({ id }, { from, to }) =>
    query(
      `SELECT level, start, count, sum, min, max, first, last, state, on_ms FROM rollup
       WHERE field = $1 AND level IN (${LEVELS}) AND start >= $2 AND start < $3 ORDER BY level, start`,
      id,
      from,
      to,
    ),

  strayRollups: ({ id }, limit) =>
    query(
      `SELECT level, start FROM rollup WHERE field = $1 AND (level < 0 OR level > 7) LIMIT $2`,
      id,
      limit,
    ),

  tops: (_, fields, from, limit) =>
    query(
      `SELECT start, count FROM rollup WHERE field IN (${fields.join(', ')}) AND level = 7 AND start >= $1
       ORDER BY start LIMIT $2`,
      from,
      limit,
    ),

  countTimes: (_, fields, { from, to }) => {
    // A union in order merges the fields as they are read, and keeps nothing.
    const times = fields.map((id) => `SELECT ts FROM value WHERE field = ${id} AND ts >= $1 AND ts < $2`)
    return query(`SELECT count(*) FROM (${times.join(' UNION ')} ORDER BY ts)`, from, to)
  },

  knownImages: (sha1s) =>
    query(`SELECT sha1 FROM image WHERE sha1 IN (${sha1s.map((_, n) => `$${n + 1}`).join(', ')})`, ...sha1s),

  tagsWithoutValue: (sensor, _, after, to) =>
    query(
      `SELECT ts FROM measurement_tags AS tagged WHERE sensor = $1 AND ts > $2 AND ts <= $3 AND NOT EXISTS (
         SELECT 1 FROM field JOIN value ON value.field = field.id AND value.ts = tagged.ts
         WHERE field.sensor = $1)`,
      sensor,
      after,
      to,
    ),

  missingWords: (sensor, words) => {
    const rows = words.map((_, n) => `(${n}, $${2 * n + 2}, $${2 * n + 3})`)
    return query(
      `WITH wanted (position, word, ts) AS (VALUES ${rows.join(', ')}) SELECT position FROM wanted
       WHERE NOT EXISTS (SELECT 1 FROM tag_word AS kept
         WHERE kept.sensor = $1 AND kept.word = wanted.word AND kept.ts = wanted.ts)`,
      sensor,
      ...words.flat(),
    )
  },

  words: (sensor, [word = '', ts = -Infinity], limit) =>
    query(
      `SELECT kept.word, kept.ts, tagged.tags FROM tag_word AS kept
       LEFT JOIN measurement_tags AS tagged ON tagged.sensor = kept.sensor AND tagged.ts = kept.ts
       WHERE kept.sensor = $1 AND (kept.word, kept.ts) > ($2, $3) ORDER BY kept.word, kept.ts LIMIT $4`,
      sensor,
      word,
      ts,
      limit,
    ),
  wordOf: String,
  firstWord: '',

  nextField: (table, _, field) =>
    query(`SELECT 0, field FROM ${table} WHERE field > $1 ORDER BY field LIMIT 1`, field),
}
