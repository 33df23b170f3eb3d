import { type ImageValue, imageFormat } from '@senio/protocol'
import type { FieldType } from '../field-type.ts'

/** Stored as the 20 bytes of the SHA-1 of the picture. */
export const image: FieldType<ImageValue> = {
  format: imageFormat,
  encode: (sha1) => Buffer.from(sha1, 'hex'),
  decode: (stored) => Buffer.from(stored as Uint8Array).toString('hex'),
  isStored: (stored) => stored instanceof Uint8Array && stored.length === 20,
  isStoredAsIs: false,
  csvColumns: [''],
  csvCells: (sha1) => [sha1],
}
