import { type FieldFormat, notParsed, parsed } from './field-format.ts'

/** A state that is on or off from its timestamp until the next value. */
export type BooleanValue = boolean

export const booleanFormat: FieldFormat<BooleanValue> = {
  name: 'boolean',
  description: 'On or off, for example a door or a pump',
  hasUnit: false,
  unitSuggestions: [],
  isFile: false,
  summary: 'share',
  example: true,
  parse(json) {
    return typeof json === 'boolean' ? parsed(json) : notParsed('must be true or false, without quotes')
  },
}
