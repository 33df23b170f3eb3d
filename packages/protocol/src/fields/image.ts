import { type FieldFormat, notParsed } from './field-format.ts'

/** The SHA-1 of a picture's bytes: 40 lower-case hex digits. */
export type ImageValue = string

/** The formats that are stored, told by their bytes. */
export const imageMediaTypes = ['image/jpeg', 'image/png', 'image/webp'] as const

export type ImageMediaType = (typeof imageMediaTypes)[number]

export const imageFormat: FieldFormat<ImageValue> = {
  name: 'image',
  description: 'A picture: JPEG, PNG or WebP',
  hasUnit: false,
  unitSuggestions: [],
  isFile: true,
  summary: 'last',
  example: null,
  parse() {
    return notParsed(
      'is an image: send it as a file part of a multipart body or as the raw body, not inside the JSON',
    )
  },
}
