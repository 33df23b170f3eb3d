import type { FieldTypeName } from '@senio/protocol'
import { booleanView } from './boolean/index.tsx'
import type { FieldView } from './field-view.ts'
import { imageView } from './image/index.tsx'
import { locationView } from './location/index.tsx'
import { scalarView } from './scalar/index.tsx'

/** Every field type in the web app. A new one that is missing here doesn't compile. */
const fieldViews = {
  scalar: scalarView,
  image: imageView,
  boolean: booleanView,
  location: locationView,
} satisfies Record<FieldTypeName, unknown>

/** What the web app knows of a type, with its values widened to those of any type. */
export function fieldView(type: FieldTypeName): FieldView {
  return fieldViews[type] as FieldView
}
