import type { FieldTypeName } from '@senio/protocol'
import { boolean } from './boolean/boolean.ts'
import type { FieldType } from './field-type.ts'
import { image } from './image/image.ts'
import { location } from './location/location.ts'
import { scalar } from './scalar/scalar.ts'

/** Every field type on the server. A new one that is missing here doesn't compile. */
const fieldTypes = { scalar, image, boolean, location } satisfies Record<FieldTypeName, FieldType>

/** The field type of that name, with its values widened to those of any type. */
export function fieldType(name: FieldTypeName): FieldType {
  return fieldTypes[name]
}
