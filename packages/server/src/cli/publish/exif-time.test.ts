import sharp from 'sharp'
import { expect, test } from 'vitest'
import { exifSegment } from './exif-segment.ts'
import { exifTime } from './exif-time.ts'

/** A JPEG with these tags of the EXIF directory. */
function jpegWith(tags: Readonly<Record<string, string>>): Promise<Buffer> {
  return sharp({ create: { width: 8, height: 8, channels: 3, background: '#456' } })
    .withExif({ IFD2: tags })
    .jpeg()
    .toBuffer()
}

test('the time of the camera with its zone and fraction', async () => {
  const photo = await jpegWith({
    DateTimeOriginal: '2026:11:23 14:05:06',
    OffsetTimeOriginal: '+02:00',
    SubSecTimeOriginal: '25',
  })
  expect(exifTime(photo)).toBe(Date.UTC(2026, 10, 23, 12, 5, 6, 250))
})

test('without a zone it is the time of this machine', async () => {
  const photo = await jpegWith({ DateTimeOriginal: '2026:11:23 14:05:06' })
  expect(exifTime(photo)).toBe(new Date(2026, 10, 23, 14, 5, 6).getTime())
})

test('a picture that does not say when has no time', async () => {
  expect(exifTime(await jpegWith({ UserComment: 'hello' }))).toBeNull()
  const plain = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#456' } })
    .jpeg()
    .toBuffer()
  expect(exifTime(plain)).toBeNull()
  expect(exifTime(await sharp(plain).png().toBuffer())).toBeNull()
  expect(exifTime(new Uint8Array())).toBeNull()
})

test('cut at any byte, a picture has its time or none, and nothing breaks', async () => {
  const photo = await jpegWith({ DateTimeOriginal: '2026:11:23 14:05:06', OffsetTimeOriginal: '+00:00' })
  const end = photo.indexOf(Buffer.from([0xff, 0xda]))
  const times = Array.from({ length: end }, (_, length) => exifTime(photo.subarray(0, length)))
  const years = times.filter((time) => time !== null).map((time) => new Date(time).getUTCFullYear())
  expect(new Set(years)).toEqual(new Set([2026]))
})

test('lengths that lie lead nowhere', () => {
  expect(exifSegment(Buffer.from('ffd8ffe10000', 'hex'))).toBeNull()
  expect(exifSegment(Buffer.from('ffd8ffe1ffff4578696600', 'hex'))).toBeNull()
  expect(exifSegment(Buffer.from('ffd8ffffffffffff', 'hex'))).toBeNull()
})
