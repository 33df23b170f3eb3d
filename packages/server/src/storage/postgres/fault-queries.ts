import type { FaultQueries } from '../sql/faults/fault-queries.ts'
import { query } from '../sql/faults/asking.ts'
import { ROLLUP_COLUMNS } from './rollup-rows.ts'
import { storedValue, VALUE_COLUMNS, type ValueTuple } from './stored-value.ts'

/** How PostgreSQL's tables are asked for what `findFaults` looks at. What is kept of a sensor is joined with nothing else. */
export const postgresFaultQueries: FaultQueries = {
  valuesPerQuery: 10_000,

  values: ({ sensor, id }, { from, to }, isAfter, limit) =>
    query(
      `SELECT ts, ${VALUE_COLUMNS} FROM value
       WHERE sensor = $1 AND field = $2 AND ts ${isAfter ? '>' : '>='} $3 AND ts < $4 ORDER BY ts LIMIT $5`,
      sensor,
      id,
      from,
      to,
      limit,
    ),
  valueOf: ([, ...value]) => storedValue(value as readonly unknown[] as ValueTuple),

  rollups: ({ sensor, id }, { from, to }) =>
    query(
      `SELECT levels.level, ${ROLLUP_COLUMNS} FROM unnest('{0,1,2,3,4,5,6,7}'::int2[]) AS levels (level)
       CROSS JOIN LATERAL (SELECT ${ROLLUP_COLUMNS} FROM rollup WHERE sensor = $1 AND field = $2
         AND rollup.level = levels.level AND start >= $3 AND start < $4 ORDER BY start OFFSET 0) AS kept
       ORDER BY levels.level, start`,
      sensor,
      id,
      from,
      to,
    ),

  strayRollups: ({ sensor, id }, limit) =>
    query(
      `SELECT level, start FROM rollup WHERE sensor = $1 AND field = $2 AND (level < 0 OR level > 7) LIMIT $3`,
      sensor,
      id,
      limit,
    ),

  tops: (sensor, fields, from, limit) =>
    query(
      `SELECT start, count FROM rollup WHERE sensor = $1 AND field = ANY($2::int[]) AND level = 7 AND start >= $3
       ORDER BY start LIMIT $4`,
      sensor,
      fields,
      from,
      limit,
    ),

  countTimes: (sensor, fields, { from, to }) =>
    query(
      `SELECT count(DISTINCT ts) FROM value
       WHERE sensor = $1 AND field = ANY($2::int[]) AND ts >= $3 AND ts < $4`,
      sensor,
      fields,
      from,
      to,
    ),

  knownImages: (sha1s) => query('SELECT sha1 FROM image WHERE sha1 = ANY($1::bytea[])', sha1s),

  tagsWithoutValue: (sensor, fields, after, to) =>
    query(
      `SELECT ts FROM measurement_tags AS tagged WHERE sensor = $1 AND ts > $2 AND ts <= $3 AND NOT EXISTS (
         SELECT 1 FROM value WHERE value.sensor = $1 AND value.field = ANY($4::int[]) AND value.ts = tagged.ts)`,
      sensor,
      after,
      to,
      fields,
    ),

  missingWords: (sensor, words) =>
    query(
      `SELECT wanted.i::int - 1 FROM unnest($2::bytea[], $3::float8[]) WITH ORDINALITY AS wanted (word, ts, i)
       WHERE NOT EXISTS (SELECT 1 FROM tag_word AS kept
         WHERE kept.sensor = $1 AND kept.word = wanted.word AND kept.ts = wanted.ts)`,
      sensor,
      words.map(([word]) => Buffer.from(word)),
      words.map(([, ts]) => ts),
    ),

  words: (sensor, [word = Buffer.alloc(0), ts = -Infinity], limit) =>
    query(
      `SELECT kept.word, kept.ts, tagged.tags FROM tag_word AS kept
       LEFT JOIN measurement_tags AS tagged ON tagged.sensor = kept.sensor AND tagged.ts = kept.ts
       WHERE kept.sensor = $1 AND (kept.word, kept.ts) > ($2, $3) ORDER BY kept.word, kept.ts LIMIT $4`,
      sensor,
      word,
      ts,
      limit,
    ),
  wordOf: (word) => (word instanceof Uint8Array ? Buffer.from(word).toString('utf8') : String(word)),
  firstWord: Buffer.alloc(0),

  nextField: (table, sensor, field) =>
    query(
      `SELECT sensor, field FROM ${table} WHERE (sensor, field) > ($1, $2) ORDER BY sensor, field LIMIT 1`,
      sensor,
      field,
    ),
}
