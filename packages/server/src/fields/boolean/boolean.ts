import { type BooleanValue, booleanFormat } from '@senio/protocol'
import type { FieldType } from '../field-type.ts'

/** Stored as 1 or 0. */
export const boolean: FieldType<BooleanValue> = {
  format: booleanFormat,
  encode: (value) => (value ? 1 : 0),
  decode: (stored) => stored === 1,
  isStored: (stored) => stored === 0 || stored === 1,
  isStoredAsIs: false,
  csvColumns: [''],
  csvCells: (value) => [value],
}
