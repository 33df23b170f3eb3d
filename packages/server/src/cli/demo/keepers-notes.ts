import { DAY, HOUR, MINUTE, type TimestampMs } from '@senio/protocol'
import type { Notes } from '../../domain/notes/notes.ts'
import type { Sensor } from '../../storage/sensor-store.ts'

/** What the keeper of the greenhouse noted: hours before the last midnight (UTC), and how long it lasted. */
const NOTED = [
  { before: 15, lasts: 0.75, text: 'Potted the tomatoes on, door left open' },
  { before: 8, lasts: 0, text: 'Moved the thermometer into the shade' },
  { before: 4.5, lasts: 6, text: 'A cold night: does the heater keep up?' },
] as const

/** Writes the keeper's notes, unless the sensor has notes already. @returns how many there are now */
export async function writeNotes(notes: Notes, sensor: Sensor, until: TimestampMs): Promise<number> {
  const { items } = await notes.list(sensor, { limit: NOTED.length })
  if (items.length > 0) return items.length
  const midnight = Math.floor(until / DAY) * DAY
  for (const { before, lasts, text } of NOTED) {
    const from = Math.round((midnight - before * HOUR) / MINUTE) * MINUTE
    await notes.create(sensor, { text, from, to: lasts === 0 ? null : from + lasts * HOUR })
  }
  return NOTED.length
}
