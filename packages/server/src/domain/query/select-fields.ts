import type { Field, Sensor } from '../../storage/sensor-store.ts'
import { fieldIndex, requireField } from '../ingest/field-index.ts'

/**
 * The sensor's fields of those names, each once, in the order asked for; all of them when no names are given.
 * @throws SenioError `unknown-field`
 */
export function selectFields(sensor: Sensor, names: readonly string[] | undefined): readonly Field[] {
  if (names === undefined) return sensor.fields
  const index = fieldIndex(sensor)
  return [...new Set(names.map((name) => requireField(index, name)))]
}
