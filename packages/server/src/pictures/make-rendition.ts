import sharp, { type SharpOptions } from 'sharp'
import type { FromDecoder } from './decoder-messages.ts'

const QUALITY = 78
/** Of 0 to 6: more costs time, for a few per cent of the bytes. */
const EFFORT = 1

/**
 * Limits the image library to what pictures need: the loaders of three formats and one thread, nothing kept.
 * Call it once, in the process that decodes.
 */
export function restrictImageLibrary(): void {
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
  })
  sharp.cache(false)
  sharp.concurrency(1)
}

/**
 * A picture that fits a box of `box` × `box` pixels: upright, sRGB, without metadata. Damaged originals give
 * what can be read of them.
 */
export async function makeRendition(
  original: Uint8Array,
  { box, maxPixels }: { readonly box: number; readonly maxPixels: number },
): Promise<FromDecoder> {
  const limits: SharpOptions = { limitInputPixels: maxPixels, autoOrient: true }
  try {
    try {
      return await render(original, { ...limits, failOn: 'warning' }, box)
    } catch {
      return await renderDamaged(original, { ...limits, failOn: 'none' }, box)
    }
  } catch (error) {
    return { kind: 'undecodable', reason: String(error) }
  }
}

async function render(original: Uint8Array, options: SharpOptions, box: number): Promise<FromDecoder> {
  const bytes = await sharp(original, options)
    .resize({ width: box, height: box, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: QUALITY, effort: EFFORT })
    .toBuffer()
  const { autoOrient } = await sharp(original, options).metadata()
  return { kind: 'decoded', bytes, width: autoOrient.width, height: autoOrient.height, damaged: false }
}

async function renderDamaged(original: Uint8Array, options: SharpOptions, box: number): Promise<FromDecoder> {
  const rendition = await render(original, options, box)
  if (rendition.kind !== 'decoded') return rendition
  const { channels } = await sharp(rendition.bytes).stats()
  if (channels.every(({ min, max }) => min === max)) {
    return { kind: 'undecodable', reason: 'Nothing of the picture can be read.' }
  }
  return { ...rendition, damaged: true }
}
