import { type ScalarValue, scalarFormat } from '@senio/protocol'
import type { FieldType } from '../field-type.ts'

/** Stored as the number itself. */
export const scalar: FieldType<ScalarValue> = {
  format: scalarFormat,
  encode: (value) => value,
  decode: Number,
  isStored: Number.isFinite,
  isStoredAsIs: true,
  csvColumns: [''],
  csvCells: (value) => [value],
}
