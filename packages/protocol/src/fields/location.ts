import { type FieldFormat, notParsed, parsed } from './field-format.ts'

/** A place on the earth, WGS 84. */
export interface LocationValue {
  /** Degrees north, -90 to 90. */
  readonly lat: number
  /** Degrees east, -180 to 180. */
  readonly lon: number
  /** Metres above the ellipsoid; absent when unknown. */
  readonly alt?: number | undefined
  /** Radius of uncertainty in metres, not negative; absent when unknown. */
  readonly accuracy?: number | undefined
}

const KEYS: ReadonlySet<string> = new Set(['lat', 'lon', 'alt', 'accuracy'])

export const locationFormat: FieldFormat<LocationValue> = {
  name: 'location',
  description: 'A place: latitude and longitude',
  hasUnit: false,
  unitSuggestions: [],
  isFile: false,
  summary: 'last',
  example: { lat: 52.52, lon: 13.405 },
  parse(json) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) {
      return notParsed('must be an object like {"lat": 52.52, "lon": 13.4}')
    }
    for (const key of Object.keys(json)) {
      if (!KEYS.has(key)) return notParsed('may have lat, lon, alt and accuracy, nothing else')
    }
    const { lat, lon, alt, accuracy } = json as Record<string, unknown>
    if (!isWithin(lat, -90, 90)) return notParsed('needs lat, degrees from -90 to 90')
    if (!isWithin(lon, -180, 180)) return notParsed('needs lon, degrees from -180 to 180')
    if (alt !== undefined && !isWithin(alt, -1e6, 1e9))
      return notParsed('has an alt that is not a number of metres')
    if (accuracy !== undefined && !isWithin(accuracy, 0, 1e9)) {
      return notParsed('has an accuracy that is not a number of metres, 0 or more')
    }
    return parsed({
      lat,
      lon,
      ...(alt === undefined ? {} : { alt }),
      ...(accuracy === undefined ? {} : { accuracy }),
    })
  },
}

function isWithin(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && value >= min && value <= max
}
