import type { ListedSensorJson } from '@senio/protocol/api'
import { namesContaining } from '../../design/names-containing.ts'

/** A sensor with some of its fields, by name. */
export interface FoundFields<Sensor> {
  readonly sensor: Sensor
  /** Non-empty. */
  readonly fields: readonly string[]
}

/** The fields that each word typed is found in, or in the name of their sensor. */
export function findFields<Sensor extends Pick<ListedSensorJson, 'name' | 'fields'>>(
  sensors: readonly Sensor[],
  typed: string,
): readonly FoundFields<Sensor>[] {
  const words = typed.split(/\s+/)
  return sensors.flatMap((sensor) => {
    const named = Object.keys(sensor.fields).map((field) => ({ field, name: `${sensor.name} ${field}` }))
    const found = words.reduce(
      (left, word) => namesContaining(left, word),
      named as readonly (typeof named)[number][],
    )
    return found.length === 0 ? [] : [{ sensor, fields: found.map(({ field }) => field) }]
  })
}
