import { normaliseName, SenioError } from '@senio/protocol'
import { fieldType } from '../../fields/index.ts'
import type { Field, Sensor } from '../../storage/sensor-store.ts'
import { fieldIndex, requireField } from '../ingest/field-index.ts'

/**
 * The image field of that name.
 * @param name undefined for the sensor's first one
 * @throws SenioError `unknown-field`; `parameter-invalid` when it holds no pictures
 */
export function imageField(sensor: Sensor, name: string | undefined): Field {
  const field = name === undefined ? sensor.fields.find(isImageField) : requireField(fieldIndex(sensor), name)
  if (field !== undefined && isImageField(field)) return field
  throw new SenioError(
    'parameter-invalid',
    field === undefined ? 'The sensor has no image field.' : `"${field.name}" is not an image field.`,
    { field: 'field' },
  )
}

/** null when there is none of that name. */
export function findImageField(sensor: Sensor, name: string): Field | null {
  const asked = normaliseName(name)
  return sensor.fields.find((field) => field.name === asked && isImageField(field)) ?? null
}

export function isImageField({ type }: Field): boolean {
  return fieldType(type).format.isFile
}
