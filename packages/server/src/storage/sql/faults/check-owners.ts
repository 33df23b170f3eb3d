import { type Asking, query } from './asking.ts'
import type { FaultQueries } from './fault-queries.ts'
import { type Check, Faults } from './step.ts'

/** Owners looked for in one step: each is found by its key. */
const OWNERS = 100
const BYTES_PER_OWNER = 4096

/** Values and rollups are those of fields that there are. A place is a sensor and a field. */
export const checkOwnersOfValues: Check = ownersOf('values', 'value')
export const checkOwnersOfRollups: Check = ownersOf('rollups', 'rollup')

function ownersOf(subject: string, table: 'value' | 'rollup'): Check {
  return {
    subject: `owners of ${subject}`,
    first: () => [-1, -1],
    behind: () => null,

    *step(queries, place) {
      const faults = new Faults()
      let [sensor, field] = place.map(Number)
      for (let n = 0; n < OWNERS; n++) {
        const [found] = yield queries.nextField(table, sensor ?? 0, field ?? 0)
        if (found === undefined)
          return { faults: faults.found, next: null, bytes: n * BYTES_PER_OWNER, measurements: 0 }
        ;[sensor, field] = found.map(Number)
        const owner = yield query('SELECT sensor FROM field WHERE id = $1', field ?? 0)
        const isThere = owner.length > 0 && (sensor === 0 || Number(owner[0]?.[0]) === sensor)
        if (!isThere)
          faults.add(`there are ${subject} of the field ${field}${ofSensor(sensor)}, which there isn't`)
      }
      return {
        faults: faults.found,
        next: [sensor ?? 0, field ?? 0],
        bytes: OWNERS * BYTES_PER_OWNER,
        measurements: 0,
      }
    },
  }
}

function ofSensor(sensor: number | undefined): string {
  return sensor === 0 || sensor === undefined ? '' : ` of the sensor ${sensor}`
}

/** Tags are those of sensors that there are. A place is a sensor. */
export const checkOwnersOfTags: Check = {
  subject: 'owners of tags',
  first: () => [-1],
  behind: () => null,

  *step(_: FaultQueries, [after = -1]) {
    const faults = new Faults()
    let sensor = Number(after)
    for (let n = 0; n < OWNERS; n++) {
      const next = yield* nextOwner(sensor)
      if (next === null)
        return { faults: faults.found, next: null, bytes: n * BYTES_PER_OWNER, measurements: 0 }
      sensor = next
      if ((yield query('SELECT 1 FROM sensor WHERE id = $1', sensor)).length === 0)
        faults.add(`there are tags of the sensor ${sensor}, which there isn't`)
    }
    return { faults: faults.found, next: [sensor], bytes: OWNERS * BYTES_PER_OWNER, measurements: 0 }
  },
}

function* nextOwner(after: number): Asking<number | null> {
  const found: number[] = []
  for (const table of ['measurement_tags', 'tag_word']) {
    const [row] = yield query(`SELECT sensor FROM ${table} WHERE sensor > $1 ORDER BY sensor LIMIT 1`, after)
    if (row !== undefined) found.push(Number(row[0]))
  }
  return found.length === 0 ? null : Math.min(...found)
}
