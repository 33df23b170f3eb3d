import { normaliseName, SenioError } from '@senio/protocol'
import type { Field, Sensor } from '../../storage/sensor-store.ts'

/** A sensor's fields by name. */
export type FieldIndex = ReadonlyMap<string, Field>

const indexes = new WeakMap<Sensor, FieldIndex>()

/** The index of a sensor; made once for each version of it. */
export function fieldIndex(sensor: Sensor): FieldIndex {
  const known = indexes.get(sensor)
  if (known !== undefined) return known
  const index = new Map(sensor.fields.map((field) => [field.name, field]))
  indexes.set(sensor, index)
  return index
}

/**
 * The field of that name, composed or decomposed.
 * @throws SenioError `unknown-field`
 */
export function requireField(index: FieldIndex, name: string): Field {
  const field = index.get(name) ?? index.get(normaliseName(name))
  if (field !== undefined) return field
  const known = [...index.keys()]
  const hint =
    known.length === 0 ? 'It has no fields yet.' : `Its fields are: ${known.slice(0, 20).join(', ')}.`
  const shown = name.length > 64 ? `${name.slice(0, 64)}…` : name
  throw new SenioError('unknown-field', `The sensor has no field "${shown.toWellFormed()}". ${hint}`, {
    field: shown.toWellFormed(),
  })
}
