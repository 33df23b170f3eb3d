import { type FieldTypeName, isFieldTypeName } from '@senio/protocol'
import { booleanView } from './boolean/index.tsx'
import type { FieldView } from './field-view.ts'
import { imageView } from './image/index.tsx'
import { locationView } from './location/index.tsx'
import { scalarView } from './scalar/index.tsx'

/** Every field type in the web app, in the order of their panels. A new one that is missing here doesn't compile. */
const fieldViews = {
  scalar: scalarView,
  boolean: booleanView,
  image: imageView,
  location: locationView,
} satisfies Record<FieldTypeName, unknown>

/** The types in the order in which a sensor's view shows them. */
export const panelOrder: readonly FieldTypeName[] = Object.keys(fieldViews).filter(isFieldTypeName)

/** What the web app knows of a type, with its values widened to those of any type. */
export function fieldView(type: FieldTypeName): FieldView {
  return fieldViews[type] as FieldView
}
