import { type FieldTypeName, isFieldTypeName } from '@senio/protocol'
import { fieldType } from '../../../fields/index.ts'
import { startAt, TOP, widthOf } from '../pyramid/levels.ts'
import { PyramidCheck, type PyramidRow } from '../pyramid/pyramid-check.ts'
import { type Asking, askNumber, query } from './asking.ts'
import type { FaultQueries, Slice } from './fault-queries.ts'
import { livingSensorAfter, nameOfSensor } from './living-sensors.ts'
import { type Check, Faults } from './step.ts'

/** Values of a sensor looked at in one step, at least those of one bucket of the top level. */
const VALUES_PER_STEP = 50_000
const TOPS_PER_QUERY = 256
const BYTES_PER_VALUE = 24

interface Field {
  readonly sensor: number
  readonly id: number
  readonly type: FieldTypeName
  /** How people know it. */
  readonly name: string
}

/**
 * Values and the rollups of them, some buckets of the top level of all fields of a sensor at a time. A place is a sensor and
 * the instant that a step begins with. What is being purged is read by nobody.
 */
export const checkMeasurements: Check = {
  subject: 'measurements',
  first: () => [0, -Infinity],
  behind: (_, [sensor = 0]) => [Number(sensor) + 1, -Infinity],

  *step(queries, [after = 0, start = -Infinity], counts) {
    const sensor = yield* livingSensorAfter(Number(after))
    const faults = new Faults()
    if (sensor === null) return { faults: [], next: null, bytes: 0, measurements: 0 }
    const from = sensor === after ? Number(start) : -Infinity
    const fields = yield* livingFields(sensor)
    const ids = fields.map(({ id }) => id)
    const to = yield* endOfStep(queries, sensor, ids, from)
    const slice = { from, to }
    let values = 0
    for (const field of fields) values += yield* checkField(queries, field, slice, faults)
    let measurements = values
    if (counts && fields.length > 1 && values > 0)
      measurements = (yield* askNumber(queries.countTimes(sensor, ids, slice))) ?? 0
    return {
      faults: faults.found,
      next: to === Infinity ? [sensor + 1, -Infinity] : [sensor, to],
      bytes: values * BYTES_PER_VALUE,
      measurements,
    }
  },
}

/** Fields of types that there aren't are named elsewhere. */
function* livingFields(sensor: number): Asking<readonly Field[]> {
  const rows = yield query(
    `SELECT field.id, field.type, field.name FROM field JOIN sensor ON sensor.id = field.sensor
     WHERE sensor.id = $1 AND field.deleted = 0 AND sensor.deleted = 0 ORDER BY field.id`,
    sensor,
  )
  if (rows.length === 0) return []
  const owner = yield* nameOfSensor(sensor)
  return rows.flatMap(([id, type, name]) =>
    typeof type === 'string' && isFieldTypeName(type)
      ? [{ sensor, id: Number(id), type, name: `the field ${Number(id)} ("${String(name)}" of ${owner})` }]
      : [],
  )
}

/** Where some buckets of the top level end that have few enough values together, as their rollups say. */
function* endOfStep(
  queries: FaultQueries,
  sensor: number,
  fields: readonly number[],
  from: number,
): Asking<number> {
  if (fields.length === 0) return Infinity
  const tops = yield queries.tops(sensor, fields, from, TOPS_PER_QUERY)
  const first = Number(tops[0]?.[0])
  let values = 0
  for (const [start, count] of tops) {
    values += Number(count)
    if (values > VALUES_PER_STEP && Number(start) > first) return endAfter(from, Number(start))
  }
  if (tops.length < TOPS_PER_QUERY) return Infinity
  return endAfter(from, Number(tops.at(-1)?.[0]) + widthOf(TOP))
}

/** A start that a damaged row claims must not keep the look from getting on. */
function endAfter(from: number, start: number): number {
  const end = startAt(TOP, start)
  return end > from ? end : Infinity
}

/** @returns how many values it has in the slice */
function* checkField(
  queries: FaultQueries,
  field: Field,
  { from, to }: Slice,
  faults: Faults,
): Asking<number> {
  const type = fieldType(field.type)
  const pyramid = new PyramidCheck(type.format.summary === 'share', (row, what) =>
    faults.add(`the rollup of ${field.name}, ${row}, ${what}`),
  )
  let values = 0
  let isAfter = false
  for (let start = from; ;) {
    const page = yield queries.values(field, { from: start, to }, isAfter, queries.valuesPerQuery)
    const isLast = page.length < queries.valuesPerQuery
    const end = isLast ? to : Number(page.at(-1)?.[0])
    pyramid.rows((yield queries.rollups(field, { from: start, to: end })).map(rowOf))
    const pictures: [timestamp: number, sha1: Uint8Array][] = []
    for (const row of page) {
      const timestamp = row[0] as number
      const value = queries.valueOf(row)
      if (!type.isStored(value)) faults.add(`${field.name} holds no ${field.type} at ${timestamp}`)
      else if (type.format.isFile && value instanceof Uint8Array) pictures.push([timestamp, value])
      pyramid.add(timestamp, typeof value === 'number' ? value : 0)
    }
    yield* checkPictures(queries, field, pictures, faults)
    values += page.length
    if (isLast) break
    start = end
    isAfter = true
  }
  pyramid.end()
  if (from === -Infinity) {
    for (const [level] of yield queries.strayRollups(field, 10))
      faults.add(`${field.name} has a rollup of the level ${Number(level)}, which there isn't`)
  }
  return values
}

/** Each value that is a picture has the picture's row. */
function* checkPictures(
  queries: FaultQueries,
  { name }: Field,
  values: readonly (readonly [timestamp: number, sha1: Uint8Array])[],
  faults: Faults,
): Asking<void> {
  if (values.length === 0) return
  const wanted = new Map(values.map(([, sha1]) => [hexOf(sha1), sha1]))
  const known = new Set<string>()
  const all = [...wanted.values()]
  for (let at = 0; at < all.length; at += 500) {
    for (const [sha1] of yield queries.knownImages(all.slice(at, at + 500)))
      if (sha1 instanceof Uint8Array) known.add(hexOf(sha1))
  }
  for (const [timestamp, bytes] of values) {
    const sha1 = hexOf(bytes)
    if (!known.has(sha1))
      faults.add(`${name} at ${timestamp} refers to the picture ${sha1}, which is not known`, sha1)
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

function rowOf(row: readonly unknown[]): PyramidRow {
  const [level, start, count, sum, min, max, first, last, value, on] = row as readonly number[] as RollupTuple
  const state = first === null ? null : { first, last, value, on }
  return { level, start, rollup: { count, sum, min, max, state } }
}

type RollupTuple = readonly [
  level: number,
  start: number,
  count: number,
  sum: number,
  min: number,
  max: number,
  first: number | null,
  last: number,
  value: number,
  on: number,
]
