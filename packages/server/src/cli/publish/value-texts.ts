import { type FieldTypeName, fieldFormat, type FieldValue, SenioError } from '@senio/protocol'

/** From what a person types to what the wire carries; null for types whose values are files. */
const jsonOfText = {
  scalar: (text) => (text.trim() === '' ? text : Number(text)),
  boolean: (text) => BOOLEAN_WORDS[text.trim().toLowerCase()] ?? text,
  location: locationOfText,
  image: null,
} satisfies Record<FieldTypeName, ((text: string) => unknown) | null>

const BOOLEAN_WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
}

/** Whether values of the type are given as the path of a file. */
export function isFileType(type: FieldTypeName): boolean {
  return jsonOfText[type] === null
}

/**
 * The value of a field as typed: `22.5`, `on`, `52.52,13.4` or `52.52,13.4,34` (latitude, longitude, altitude),
 * or as JSON.
 * @throws SenioError `value-invalid`
 */
export function parseValueText(name: string, type: FieldTypeName, text: string): FieldValue {
  const toJson = jsonOfText[type]
  const parsed = fieldFormat(type).parse(toJson === null ? text : toJson(text))
  if (parsed.ok) return parsed.value
  throw new SenioError('value-invalid', `${name}=${text}: the value ${parsed.expected}.`, { field: name })
}

/** `lat,lon[,alt[,accuracy]]`, or the object as JSON. */
function locationOfText(text: string): unknown {
  if (text.trim().startsWith('{')) {
    try {
      return JSON.parse(text)
    } catch {
      return text
    }
  }
  const [lat, lon, alt, accuracy] = text.split(',').map(Number)
  return {
    lat,
    lon,
    ...(alt === undefined ? {} : { alt }),
    ...(accuracy === undefined ? {} : { accuracy }),
  }
}
