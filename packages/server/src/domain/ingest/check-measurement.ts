import {
  type FieldValue,
  fieldFormat,
  parseTags,
  SenioError,
  type Tags,
  type TimestampMs,
} from '@senio/protocol'
import type { Field } from '../../storage/sensor-store.ts'
import { type FieldIndex, requireField } from './field-index.ts'
import { checkTimestamp } from './timestamp.ts'

/** A measurement whose every part fits the sensor. */
export interface CheckedMeasurement {
  readonly timestamp: TimestampMs
  /** In the order sent; each field at most once. */
  readonly values: readonly CheckedValue[]
  readonly tags: Tags
}

export interface CheckedValue {
  readonly field: Field
  readonly value: FieldValue
}

const KEYS: ReadonlySet<string> = new Set(['timestamp', 'data', 'tags'])

/**
 * A published measurement's JSON.
 *
 * @param stamp the arrival time that stands in for `timestamp`; null when the device has a clock
 * @param needsData false when images come with it, so that `data` may be absent or empty
 * @throws SenioError with status 422
 */
export function checkMeasurement(
  json: unknown,
  index: FieldIndex,
  options: { readonly now: TimestampMs; readonly stamp: TimestampMs | null; readonly needsData: boolean },
): CheckedMeasurement {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new SenioError(
      'measurement-invalid',
      'A measurement is a JSON object like {"timestamp": 1474383378795, "data": {"temp": 22.0}}.',
    )
  }
  for (const key of Object.keys(json)) {
    if (!KEYS.has(key)) throw unknownKey(key)
  }
  const { timestamp, data, tags } = json as Record<string, unknown>
  return {
    timestamp: options.stamp ?? checkTimestamp(timestamp, options.now),
    values: checkData(data, index, options.needsData),
    tags: parseTags(tags),
  }
}

function checkData(data: unknown, index: FieldIndex, needsData: boolean): readonly CheckedValue[] {
  if (data !== undefined && data !== null && (typeof data !== 'object' || Array.isArray(data))) {
    throw new SenioError('measurement-invalid', '"data" is an object that maps field names to values.', {
      field: 'data',
    })
  }
  const values: CheckedValue[] = []
  const byName = (data ?? {}) as Readonly<Record<string, unknown>>
  for (const name of Object.keys(byName)) {
    const field = requireField(index, name)
    // Names in their stored spelling differ from each other, as keys do.
    if (name !== field.name) refuseSecondSpelling(field, byName, index)
    const parsed = fieldFormat(field.type).parse(byName[name])
    if (!parsed.ok) {
      throw new SenioError('value-invalid', `The value of "${field.name}" ${parsed.expected}.`, {
        field: field.name,
      })
    }
    values.push({ field, value: parsed.value })
  }
  if (values.length === 0 && needsData) {
    throw new SenioError(
      'data-empty',
      'There is nothing to store: "data" holds no field and no image came with it.',
      {
        field: 'data',
      },
    )
  }
  return values
}

/** @throws SenioError when other names of the data mean the same field */
function refuseSecondSpelling(field: Field, data: object, index: FieldIndex): void {
  const names = Object.keys(data).filter((name) => requireField(index, name) === field)
  if (names.length === 1) return
  throw new SenioError('duplicate-key', `The field "${field.name}" is in the data twice.`, {
    field: field.name,
  })
}

function unknownKey(key: string): SenioError {
  const shown = key.slice(0, 64).toWellFormed()
  return key === '__proto__' || key === 'constructor' || key === 'prototype'
    ? new SenioError('duplicate-key', `"${shown}" can't be a key of a measurement.`, { field: shown })
    : new SenioError(
        'measurement-invalid',
        `A measurement has "timestamp", "data" and "tags"; "${shown}" is none of them. Field values belong inside "data".`,
        { field: shown },
      )
}
