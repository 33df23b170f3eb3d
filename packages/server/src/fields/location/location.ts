import { type LocationValue, locationFormat } from '@senio/protocol'
import type { FieldType } from '../field-type.ts'

/** Stored as its JSON text, keys in the order lat, lon, alt, accuracy. */
export const location: FieldType<LocationValue> = {
  format: locationFormat,
  encode: ({ lat, lon, alt, accuracy }) => JSON.stringify({ lat, lon, alt, accuracy }),
  decode: (stored) => JSON.parse(String(stored)) as LocationValue,
  isStored: (stored) => typeof stored === 'string' && isLocation(stored),
  isStoredAsIs: false,
  csvColumns: ['lat', 'lon', 'alt', 'accuracy'],
  csvCells: ({ lat, lon, alt, accuracy }) => [lat, lon, alt ?? null, accuracy ?? null],
}

function isLocation(text: string): boolean {
  try {
    return locationFormat.parse(JSON.parse(text)).ok
  } catch {
    return false
  }
}
