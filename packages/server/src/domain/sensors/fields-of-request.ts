import { fieldFormat, type FieldTypeName, parseFieldName, parseUnit, SenioError } from '@senio/protocol'
import type { NewFieldRow } from '../../storage/sensor-store.ts'

/** Most fields of a sensor. */
const MAX_FIELDS = 64

/** A field as somebody asks for it. */
export interface RequestedField {
  readonly name: string
  readonly type: FieldTypeName
  /** Absent or empty for none. */
  readonly unit?: string | undefined
}

/**
 * A new field, checked and normalised.
 * @throws SenioError `parameter-invalid`
 */
export function parseField(field: RequestedField): NewFieldRow {
  return {
    name: parseFieldName(field.name),
    type: fieldFormat(field.type).name,
    unit: parseUnit(field.unit ?? ''),
  }
}

/**
 * The fields of a new sensor, in their order.
 * @throws SenioError `parameter-invalid`, also when two have one name; `limit-reached`
 */
export function parseFields(fields: readonly RequestedField[]): readonly NewFieldRow[] {
  checkFieldCount(fields.length)
  const rows = fields.map(parseField)
  const names = new Set<string>()
  for (const { name } of rows) {
    if (names.has(name)) {
      throw new SenioError('parameter-invalid', `Two fields are called "${name}". Give each its own name.`, {
        field: 'fields',
      })
    }
    names.add(name)
  }
  return rows
}

/** @throws SenioError `limit-reached` */
export function checkFieldCount(count: number): void {
  if (count <= MAX_FIELDS) return
  throw new SenioError(
    'limit-reached',
    `A sensor has at most ${MAX_FIELDS} fields. Use a second sensor for more.`,
    {
      field: 'fields',
    },
  )
}
