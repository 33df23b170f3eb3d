import sharp, { type Exif, type Sharp } from 'sharp'

/** Pictures that tests make themselves. The same seed gives the same bytes. */
export function jpeg(width = 64, height = 48, seed = 1): Promise<Buffer> {
  return noise(width, height, seed).jpeg({ quality: 80 }).toBuffer()
}

export function png(width = 64, height = 48, seed = 1): Promise<Buffer> {
  return noise(width, height, seed).png().toBuffer()
}

export function webp(width = 64, height = 48, seed = 1): Promise<Buffer> {
  return noise(width, height, seed).webp().toBuffer()
}

/** What a camera sees at night. */
export function darkJpeg(width: number, height: number, seed: number): Promise<Buffer> {
  return noise(width, height, seed, 28).jpeg({ quality: 80 }).toBuffer()
}

/** @param shift 24 for all of a byte; with each more it is half as bright */
function noise(width: number, height: number, seed: number, shift = 24): Sharp {
  const pixels = Buffer.alloc(width * height * 3)
  let state = seed
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    pixels[i] = state >>> shift
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

/** Shows nothing. */
export function transparentWebp(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .webp()
    .toBuffer()
}

/** A PNG whose header claims any size; the pixels aren't there. */
export function claimingPng(width: number, height: number): Buffer {
  const header = Buffer.from(
    '89504e470d0a1a0a0000000d49484452000000000000000008020000000000000000000000',
    'hex',
  )
  header.writeUInt32BE(width, 16)
  header.writeUInt32BE(height, 20)
  return header
}

/** The same picture with 256 colours at most: much smaller, for drawings. */
export function withPalette(png: Buffer): Promise<Buffer> {
  return sharp(png).png({ palette: true, quality: 95, effort: 10 }).toBuffer()
}

/** Width and height in pixels, and the mean brightness from 0 (black) to 255 (white). */
export async function describePicture(bytes: Buffer) {
  const { width, height } = await sharp(bytes).metadata()
  const { channels } = await sharp(bytes).greyscale().stats()
  return { width, height, brightness: channels[0]?.mean ?? 0 }
}

/** A JPEG with these EXIF tags: IFD0 of the picture, IFD2 of the exposure, IFD3 of the place. */
export function jpegWithExif(tags: Exif): Promise<Buffer> {
  return noise(160, 120, 1).withExif(tags).jpeg().toBuffer()
}
