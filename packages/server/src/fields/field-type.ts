import type { FieldFormat, FieldValue } from '@senio/protocol'

/** A value as the stores keep it: see `StoredValue` of the measurement store. */
export type EncodedValue = number | string | Uint8Array

/** The port of a field type on the server: how its values are stored, summarised and exported. */
export interface FieldType<Value extends FieldValue = FieldValue> {
  readonly format: FieldFormat<Value>
  encode(value: Value): EncodedValue
  /** The inverse of `encode`. */
  decode(stored: EncodedValue): Value
  /** Whether `encode` may have given this: false for what a store has damaged. */
  isStored(stored: unknown): boolean
  /** Whether what is stored is the value itself, so that many can pass without being decoded one by one. */
  readonly isStoredAsIs: boolean
  /** The columns that a field takes in CSV, by the suffix of its name; `''` for the name alone. */
  readonly csvColumns: readonly string[]
  /** One cell a column; null for an empty cell. */
  csvCells(value: Value): readonly (string | number | boolean | null)[]
}
