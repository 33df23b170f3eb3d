import exifReader from 'exif-reader'
import sharp, { type Sharp } from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { memoryBlob } from '../domain/pictures/memory-blob.ts'
import type { Decoded, RenditionSize } from '../domain/pictures/picture-decoder.ts'
import { ProcessPictureDecoder } from './process-picture-decoder.ts'

// In its own process, as in the program: what is allowed there must not be narrowed for these tests.
const decoder = new ProcessPictureDecoder({ maxPixels: 50_000_000 })
afterAll(() => decoder.close())

function decode(original: Uint8Array, size: RenditionSize = 'thumb'): Promise<Decoded> {
  return decoder.decode(memoryBlob(original), size)
}

async function decoded(
  original: Uint8Array,
  size: RenditionSize = 'thumb',
): Promise<Decoded & { outcome: 'decoded' }> {
  const result = await decode(original, size)
  if (result.outcome !== 'decoded') throw new Error(result.reason)
  return result
}

/** Red above, blue below, with noise: told apart however it is turned. */
function flag(width: number, height: number): Sharp {
  const half = { width, height: height / 2, channels: 3 as const, background: 'blue' }
  return sharp({ create: { width, height, channels: 3, background: 'red' } }).composite([
    { input: { create: half }, gravity: 'south' },
  ])
}

async function colourAt(bytes: Uint8Array, left: number, top: number): Promise<string> {
  const { data } = await sharp(bytes)
    .extract({ left, top, width: 1, height: 1 })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const [red = 0, , blue = 0] = data
  if (red > 180 && blue < 80) return 'red'
  return blue > 180 && red < 80 ? 'blue' : 'other'
}

describe('renditions', () => {
  it('fit their size, never enlarged, and tell the size of the original', async () => {
    const large = await flag(1600, 1200).jpeg().toBuffer()
    const thumb = await decoded(large, 'thumb')
    expect(thumb).toMatchObject({ width: 1600, height: 1200, damaged: false })
    expect(await sharp(thumb.bytes).metadata()).toMatchObject({ format: 'webp', width: 320, height: 240 })
    const preview = await decoded(large, 'preview')
    expect(await sharp(preview.bytes).metadata()).toMatchObject({ format: 'webp', width: 1280, height: 960 })
    const small = await decoded(await flag(40, 30).png().toBuffer(), 'preview')
    expect(await sharp(small.bytes).metadata()).toMatchObject({ format: 'webp', width: 40, height: 30 })
  })

  it('are upright', async () => {
    const turned = await flag(400, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const thumb = await decoded(turned)
    expect(thumb).toMatchObject({ width: 200, height: 400 })
    expect(await sharp(thumb.bytes).metadata()).toMatchObject({ width: 160, height: 320 })
    expect(await colourAt(thumb.bytes, 120, 160)).toBe('red')
    expect(await colourAt(thumb.bytes, 40, 160)).toBe('blue')
  })

  it('have no metadata: neither place nor time nor profile', async () => {
    const original = await flag(400, 200)
      .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' }, IFD0: { Make: 'Camera' } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .withIccProfile('p3')
      .jpeg()
      .toBuffer()
    const { exif } = await sharp(original).metadata()
    expect(exifReader(exif ?? Buffer.alloc(0)).GPSInfo?.GPSLatitudeRef).toBe('N')
    const thumb = await decoded(original)
    const { exif: left, icc, xmp } = await sharp(thumb.bytes).metadata()
    expect({ left, icc, xmp }).toEqual({ left: undefined, icc: undefined, xmp: undefined })
    expect(Buffer.from(thumb.bytes).includes('Camera')).toBe(false)
  })

  it.each([
    ['CMYK JPEG', () => flag(400, 200).toColourspace('cmyk').jpeg()],
    ['progressive JPEG', () => flag(400, 200).jpeg({ progressive: true })],
    ['16-bit PNG', () => flag(400, 200).toColourspace('rgb16').png()],
    ['palette PNG', () => flag(400, 200).png({ palette: true })],
    ['lossless WebP', () => flag(400, 200).webp({ lossless: true })],
  ])('have the colours of the original: %s', async (_, make) => {
    const thumb = await decoded(await make().toBuffer())
    expect(thumb).toMatchObject({ width: 400, height: 200, damaged: false })
    expect(await colourAt(thumb.bytes, 160, 20)).not.toBe('blue')
    expect(await colourAt(thumb.bytes, 160, 20)).not.toBe(await colourAt(thumb.bytes, 160, 140))
    expect((await sharp(thumb.bytes).metadata()).depth).toBe('uchar')
  })

  it('show the first frame of an animation', async () => {
    const raw = { width: 60, height: 80, channels: 3 as const, pageHeight: 40 }
    const animated = await sharp(await flag(60, 80).removeAlpha().raw().toBuffer(), { raw })
      .webp({ loop: 0, delay: [100, 100] })
      .toBuffer()
    const thumb = await decoded(animated)
    expect(thumb).toMatchObject({ width: 60, height: 40 })
    expect(await colourAt(thumb.bytes, 30, 35)).toBe('red')
  })
})

describe('damaged pictures', () => {
  const noise = sharp({
    create: {
      width: 640,
      height: 480,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })

  it('show what is there, and are said to be damaged', async () => {
    const jpeg = await noise.clone().jpeg().toBuffer()
    const cut = await decoded(jpeg.subarray(0, jpeg.length / 2))
    expect(cut).toMatchObject({ width: 640, height: 480, damaged: true })
    const png = await noise.clone().png().toBuffer()
    expect(await decoded(png.subarray(0, png.length / 2))).toMatchObject({ damaged: true })
  })

  it('are whole when only something follows them', async () => {
    const jpeg = Buffer.concat([await noise.clone().jpeg().toBuffer(), Buffer.from('<html>')])
    expect(await decoded(jpeg)).toMatchObject({ damaged: false })
  })

  it('cannot be decoded when nothing is there', async () => {
    const jpeg = await noise.clone().jpeg().toBuffer()
    const start = jpeg.indexOf(Buffer.from([0xff, 0xda]))
    for (const length of [3, 30, start]) {
      expect((await decode(jpeg.subarray(0, length))).outcome).toBe('undecodable')
    }
    const black = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'black' } })
      .png()
      .toBuffer()
    expect((await decode(black.subarray(0, black.length - 30))).outcome).toBe('undecodable')
  })
})

describe('what must not be decoded', () => {
  it('is refused by format, whatever it is called', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
    )
    const picture = flag(40, 30)
    const others = [
      svg,
      await picture.clone().gif().toBuffer(),
      await picture.clone().tiff().toBuffer(),
      await picture.clone().avif().toBuffer(),
    ]
    for (const bytes of others) expect((await decode(bytes)).outcome).toBe('undecodable')
  })

  it('is refused by size, before it takes memory', async () => {
    const bomb = await sharp({ create: { width: 8000, height: 8000, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    expect((await decode(bomb)).outcome).toBe('undecodable')
  })
})
