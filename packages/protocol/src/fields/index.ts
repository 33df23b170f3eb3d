import { booleanFormat } from './boolean.ts'
import type { FieldFormat } from './field-format.ts'
import type { FieldTypeName } from './field-type-names.ts'
import { imageFormat } from './image.ts'
import { locationFormat } from './location.ts'
import { scalarFormat } from './scalar.ts'

/** Every field type's format. Adding a type to `fieldTypeNames` without adding it here doesn't compile. */
export const fieldFormats = {
  scalar: scalarFormat,
  image: imageFormat,
  boolean: booleanFormat,
  location: locationFormat,
} satisfies Record<FieldTypeName, FieldFormat<unknown>>

/** A value of any field type, as it stands in JSON answers. */
export type FieldValue = {
  [Name in FieldTypeName]: (typeof fieldFormats)[Name] extends FieldFormat<infer Value> ? Value : never
}[FieldTypeName]

/** The format of a type, with its values widened to those of any type. */
export function fieldFormat(type: FieldTypeName): FieldFormat<FieldValue> {
  return fieldFormats[type]
}
