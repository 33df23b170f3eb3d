/** Every field type's name. Each is one module here, in the server and in the web app. */
export const fieldTypeNames = ['scalar', 'image', 'boolean', 'location'] as const

export type FieldTypeName = (typeof fieldTypeNames)[number]

export function isFieldTypeName(name: string): name is FieldTypeName {
  return (fieldTypeNames as readonly string[]).includes(name)
}
