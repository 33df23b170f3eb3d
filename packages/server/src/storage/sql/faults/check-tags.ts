import { parseTags, type Tags, tagWords } from '@senio/protocol'
import { type Asking, query } from './asking.ts'
import type { FaultQueries } from './fault-queries.ts'
import { livingSensorAfter, nameOfSensor } from './living-sensors.ts'
import { type Check, Faults } from './step.ts'

const ROWS = 1000
const WORDS_PER_QUERY = 500
const BYTES_PER_ROW = 64

/** The tags of each sensor: what they say, whose they are, and their words. A place is a sensor and a timestamp. */
export const checkTags: Check = {
  subject: 'tags',
  first: () => [0, -Infinity],
  behind: (_, [sensor = 0]) => [Number(sensor) + 1, -Infinity],

  *step(queries, [begin = 0, last = -Infinity]) {
    const sensor = yield* livingSensorAfter(Number(begin))
    if (sensor === null) return { faults: [], next: null, bytes: 0, measurements: 0 }
    const after = sensor === begin ? Number(last) : -Infinity
    const faults = new Faults()
    const rows = yield query(
      'SELECT ts, tags FROM measurement_tags WHERE sensor = $1 AND ts > $2 ORDER BY ts LIMIT $3',
      sensor,
      after,
      ROWS,
    )
    const end = rows.at(-1)?.[0]
    if (typeof end === 'number') yield* checkRows(queries, sensor, after, rows, faults)
    return {
      faults: faults.found,
      next: rows.length === ROWS && typeof end === 'number' ? [sensor, end] : [sensor + 1, -Infinity],
      bytes: rows.length * BYTES_PER_ROW,
      measurements: 0,
    }
  },
}

function* checkRows(
  queries: FaultQueries,
  sensor: number,
  after: number,
  rows: readonly (readonly unknown[])[],
  faults: Faults,
): Asking<void> {
  const name = yield* nameOfSensor(sensor)
  const words: [word: string, timestamp: number][] = []
  for (const [ts, text] of rows) {
    const tags = readTags(text)
    if (tags === null) faults.add(`the tags of ${name} at ${Number(ts)} are none`)
    else for (const word of tagWords(tags)) words.push([word, Number(ts)])
  }
  // Those that wait to be purged, too: tags go with their values.
  const fields = yield query('SELECT id FROM field WHERE sensor = $1', sensor)
  const ids = fields.map(([id]) => Number(id))
  const to = Number(rows.at(-1)?.[0])
  for (const [ts] of yield queries.tagsWithoutValue(sensor, ids, after, to))
    faults.add(`${name} has tags at ${Number(ts)}, and no value`)
  for (let at = 0; at < words.length; at += WORDS_PER_QUERY) {
    const some = words.slice(at, at + WORDS_PER_QUERY)
    for (const [position] of yield queries.missingWords(sensor, some)) {
      const [word, ts] = some[Number(position)] ?? ['', 0]
      faults.add(`${name} at ${ts} can't be found by its tag "${word}"`)
    }
  }
}

/** The words that measurements are found by: each is one of the tags. A place is a sensor, a word and a timestamp. */
export const checkTagWords: Check = {
  subject: 'words of tags',
  first: ({ firstWord }) => [0, firstWord, -Infinity],
  behind: ({ firstWord }, [sensor = 0]) => [Number(sensor) + 1, firstWord, -Infinity],

  *step(queries, place) {
    const sensor = yield* livingSensorAfter(Number(place[0]))
    if (sensor === null) return { faults: [], next: null, bytes: 0, measurements: 0 }
    const after = sensor === place[0] ? place.slice(1) : [queries.firstWord, -Infinity]
    const faults = new Faults()
    const rows = yield queries.words(sensor, after, ROWS)
    for (const [column, ts, text] of rows) {
      const word = queries.wordOf(column)
      const tags = readTags(text)
      // Tags that are none are named with their measurement.
      if (text !== null && tags === null) continue
      if (tags !== null && tagWords(tags).includes(word)) continue
      const name = yield* nameOfSensor(sensor)
      faults.add(`${name} at ${Number(ts)} is found by "${word}", which is none of its tags`)
    }
    const end = rows.at(-1)
    return {
      faults: faults.found,
      next:
        rows.length === ROWS && end !== undefined
          ? [sensor, end[0] as string | Uint8Array, Number(end[1])]
          : [sensor + 1, queries.firstWord, -Infinity],
      bytes: rows.length * BYTES_PER_ROW,
      measurements: 0,
    }
  },
}

/** null for what can't have been stored as tags. */
function readTags(text: unknown): Tags {
  try {
    return parseTags(JSON.parse(String(text)))
  } catch {
    return null
  }
}
