import type { ExifJson } from '@senio/protocol/api'
import sharp from 'sharp'
import { readExif } from './read-exif.ts'

/** What the camera wrote into a picture of any of the formats; nothing where that can't be read. */
export async function exifOf(original: Uint8Array, maxPixels: number): Promise<ExifJson> {
  try {
    const { exif } = await sharp(original, { limitInputPixels: maxPixels, failOn: 'none' }).metadata()
    return exif === undefined ? {} : readExif(exif)
  } catch {
    // Damage that hides the facts: none are known.
    return {}
  }
}
