import sharp, { type Exif } from 'sharp'
import { describe, expect, it } from 'vitest'
import { exifOf } from './exif-of.ts'
import { readExif } from './read-exif.ts'

const MOST_PIXELS = 1e6

/** A picture with these tags: IFD0 of the picture, IFD2 of the exposure, IFD3 of the place. */
async function pictureWith(tags: Exif, format: 'jpeg' | 'png' | 'webp' = 'jpeg'): Promise<Buffer> {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#456' } })
  return picture.withExif(tags).toFormat(format).toBuffer()
}

const camera = {
  IFD0: { Make: 'Raspberry Pi', Model: 'imx708', Software: 'rpicam-still', ImageDescription: ' a  bed\n' },
  IFD2: {
    DateTimeOriginal: '2026:11:23 14:05:06',
    OffsetTimeOriginal: '+02:00',
    SubSecTimeOriginal: '25',
    ExposureTime: '1/125',
    FNumber: '18/10',
    ISOSpeedRatings: '400',
    ExposureBiasValue: '-1/3',
    FocalLength: '474/100',
    FocalLengthIn35mmFilm: '27',
    Flash: '1',
    LensModel: 'wide',
  },
  IFD3: {
    GPSLatitudeRef: 'S',
    GPSLatitude: '33/1 30/1 36/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '151/1 12/1 0/1',
    GPSAltitudeRef: '0',
    GPSAltitude: '25/2',
  },
}

const facts = {
  camera: 'Raspberry Pi imx708',
  software: 'rpicam-still',
  description: 'a bed',
  lens: 'wide',
  taken: '2026-11-23T14:05:06.25+02:00',
  exposure: 1 / 125,
  aperture: 1.8,
  iso: 400,
  bias: -1 / 3,
  focalLength: 4.74,
  focalLength35: 27,
  flash: true,
  location: { lat: -33.51, lon: 151.2, alt: 12.5 },
}

describe('the facts that a camera wrote', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('are read from a %s', async (format) => {
    expect(await exifOf(await pictureWith(camera, format), MOST_PIXELS)).toEqual(facts)
  })

  it('are none in a picture without them, and in what is no picture', async () => {
    const plain = await sharp(await pictureWith(camera))
      .jpeg()
      .toBuffer()
    expect(await exifOf(plain, MOST_PIXELS)).toEqual({})
    expect(await exifOf(Buffer.from('Exif\0\0MM'), MOST_PIXELS)).toEqual({})
  })

  it('say the maker once', async () => {
    const picture = await pictureWith({ IFD0: { Make: 'Canon', Model: 'Canon EOS R5' } })
    expect(await exifOf(picture, MOST_PIXELS)).toEqual({ camera: 'Canon EOS R5' })
  })

  it('are left out where they make no sense', async () => {
    const picture = await pictureWith({
      IFD0: { Make: '\u0001', Software: 'long '.repeat(100) },
      IFD2: { ExposureTime: '1/0', FNumber: '0/1', DateTimeOriginal: '2026:13:40 14:05:06' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '91/1 0/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '1/1 0/1 0/1',
      },
    })
    const read = await exifOf(picture, MOST_PIXELS)
    expect(Object.keys(read)).toEqual(['software'])
    expect(read.software?.length).toBeLessThanOrEqual(200)
  })
})

async function block(): Promise<Buffer> {
  const { exif } = await sharp(await pictureWith(camera)).metadata()
  if (exif === undefined) throw new Error('the picture has EXIF')
  return exif
}

it('an altitude below the sea is negative', async () => {
  const bytes = await block()
  // The entry of GPSAltitudeRef: tag 5, of one byte.
  const entry = bytes.indexOf(Buffer.from('0500010001000000', 'hex'))
  expect(entry).toBeGreaterThan(0)
  bytes.writeUInt8(1, entry + 8)
  expect(readExif(bytes).location?.alt).toBe(-12.5)
})

describe('a hostile block', () => {
  it('may end anywhere', async () => {
    const whole = await block()
    for (let length = 0; length < whole.length; length++) {
      const read = readExif(whole.subarray(0, length))
      expect(Object.keys(facts)).toEqual(expect.arrayContaining(Object.keys(read)))
    }
    expect(readExif(whole)).toEqual(facts)
  })

  it('may claim anything: what is read lies within it, and comes to an end', async () => {
    const whole = await block()
    for (let at = 0; at < whole.length; at++) {
      for (const byte of [0, 1, 0x7f, 0xff]) {
        const changed = Buffer.from(whole)
        changed.fill(byte, at, Math.min(at + 4, changed.length))
        const { camera: name } = readExif(changed)
        expect(name ?? '').not.toMatch(/\0/)
      }
    }
  })

  it.each([
    ['before the beginning', '0900', 'f8ffffff'],
    ['between two bytes', '0a00', '1a000000'],
  ])('may lead to a directory %s, which is none', (_, type, value) => {
    const head = `49492a0008000000`
    const entry = `6987${type}01000000${value}`
    // The last eight bytes are -7/2 where the type says so.
    expect(readExif(Buffer.from(`${head}0100${entry}00000000f9ffffff02000000`, 'hex'))).toEqual({})
  })
})
