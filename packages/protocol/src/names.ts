import { SenioError } from './errors/senio-error.ts'

/** Longest sensor, field or view name, in UTF-16 units after normalisation. */
export const MAX_NAME_LENGTH = 64

/** Longest unit of a field, in UTF-16 units. */
export const MAX_UNIT_LENGTH = 32

const SENSOR_NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N} ._()+-]*[\p{L}\p{M}\p{N}_)+])?$/u
/** Not led by a digit: objects keyed by field keep the order of creation only for such names. */
const FIELD_NAME = /^[\p{L}_](?:[\p{L}\p{M}\p{N} ._()+-]*[\p{L}\p{M}\p{N}_)+])?$/u

/** Names that mean something else on the wire or in JavaScript. */
const RESERVED_FIELD_NAMES: ReadonlySet<string> = new Set([
  'json',
  'timestamp',
  'tags',
  '__proto__',
  'constructor',
  'prototype',
])

/** Composed and decomposed spellings of one name become the same string (NFC). */
export function normaliseName(name: string): string {
  return name.normalize('NFC')
}

/**
 * A sensor's name in its stored form.
 * @throws SenioError `parameter-invalid` with what is allowed
 */
export function parseSensorName(name: string): string {
  return parseName(name, SENSOR_NAME, 'name', 'A sensor name starts with a letter, digit or underscore')
}

/**
 * A field's name in its stored form.
 * @throws SenioError `parameter-invalid` with what is allowed
 */
export function parseFieldName(name: string): string {
  const parsed = parseName(name, FIELD_NAME, 'fields', 'A field name starts with a letter or underscore')
  if (RESERVED_FIELD_NAMES.has(parsed)) {
    throw new SenioError('parameter-invalid', `"${parsed}" is reserved and can't name a field.`, {
      field: 'fields',
    })
  }
  return parsed
}

/**
 * A view's name in its stored form: any text on one line, for people only.
 * @throws SenioError `parameter-invalid`
 */
export function parseViewName(name: string): string {
  const parsed = normaliseName(name).trim()
  if (parsed === '' || parsed.length > MAX_NAME_LENGTH || /\p{Cc}|\p{Cs}/u.test(parsed)) {
    throw new SenioError(
      'parameter-invalid',
      `The name of a view has 1 to ${MAX_NAME_LENGTH} characters and no control characters.`,
      { field: 'name' },
    )
  }
  return parsed
}

/**
 * A field's unit: free text, may be empty.
 * @throws SenioError `parameter-invalid`
 */
export function parseUnit(unit: string): string {
  const parsed = unit.normalize('NFC').trim()
  if (parsed.length > MAX_UNIT_LENGTH || /\p{Cc}|\p{Cs}/u.test(parsed)) {
    throw new SenioError(
      'parameter-invalid',
      `A unit has at most ${MAX_UNIT_LENGTH} characters and no control characters.`,
      { field: 'unit' },
    )
  }
  return parsed
}

function parseName(name: string, pattern: RegExp, field: string, start: string): string {
  const parsed = normaliseName(name)
  if (parsed.length > MAX_NAME_LENGTH || !pattern.test(parsed)) {
    throw new SenioError(
      'parameter-invalid',
      `${start}, continues with letters, digits, spaces and . _ - + ( ), and has 1 to ${MAX_NAME_LENGTH} characters.`,
      { field },
    )
  }
  return parsed
}
