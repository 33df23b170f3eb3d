import { deflateSync } from 'node:zlib'
import type { ErrorCode } from '@senio/protocol'
import sharp from 'sharp'
import { expect } from 'vitest'
import { multipartBody, multipartType } from '../../testing/multipart-body.ts'
import type { PublishSite, SiteAnswer } from '../../testing/publish-site.ts'
import { claimingPng, jpeg } from '../../testing/test-images.ts'
import { aKnownPicture, aPicture, type HostileCase, type HostileSubject } from '../hostile-case.ts'

type Make = () => Promise<Buffer> | Buffer

const raw = (site: PublishSite, bytes: Buffer, type = 'image/jpeg'): Promise<SiteAnswer> =>
  site.post(bytes, type, `?field=cam1&timestamp=${site.nextTime()}`)

/** Refused alike as a whole body and as a part of a form. */
function refused(name: string, make: Make, answer: ErrorCode): HostileCase {
  let bytes = Buffer.alloc(0)
  return {
    name,
    answer,
    isFlat: true,
    async prepare() {
      bytes = Buffer.from(await make())
    },
    async send(site) {
      const whole = await raw(site, bytes)
      const form = multipartBody([
        { name: 'cam1', file: 'picture.jpg', mediaType: 'image/jpeg', body: bytes },
        { name: 'json', body: JSON.stringify({ timestamp: site.nextTime() }) },
      ])
      const part = await site.post(form, multipartType)
      expect(part.json).toEqual({ ...whole.json, field: 'cam1' })
      return whole
    },
  }
}

/** Kept byte for byte and served inert, whatever can be made of it. */
function kept(name: string, make: Make, damaged: boolean, type = 'image/jpeg'): HostileCase {
  return {
    name,
    answer: 201,
    kept: aPicture,
    async send(site) {
      const bytes = await make()
      const sent = await raw(site, bytes, type)
      const { timestamp, data } = sent.json as unknown as { timestamp: number; data: { cam1: string } }
      const list = await site.get(`images?field=cam1&from=${timestamp}&to=${timestamp + 1}`)
      expect(list.json).toMatchObject({ images: [{ image: data.cam1, damaged, bytes: bytes.length }] })
      const original = await site.get(`images/${data.cam1}`)
      expect(original.body.equals(bytes)).toBe(true)
      expectInert(original)
      const thumb = await site.get(`images/${data.cam1}?size=thumb`)
      expect(thumb.status).toBe(200)
      expectInert(thumb)
      return sent
    },
  }
}

function expectInert({ headers }: SiteAnswer): void {
  expect(headers).toMatchObject({
    'content-type': expect.stringMatching(/^image\//),
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox/),
  })
}

function plain(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: '#336699' } })
}

/** A whole PNG of one bit a pixel, all black: as small as a picture of its size gets. */
function blackPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    checksum.writeUInt32BE(crc(body))
    return Buffer.concat([length, body, checksum])
  }
  const head = Buffer.from('0000000000000000010000000000', 'hex').subarray(0, 13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  const pixels = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 })
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** RFC 2083 section 15. */
function crc(bytes: Buffer): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}

/** With the size in its frame header replaced. */
async function claimingJpeg(width: number, height: number): Promise<Buffer> {
  const bytes = await jpeg(64, 48, 77)
  const frame = bytes.findIndex(
    (byte, i) => byte === 0xff && /^c[0-2]$/.test((bytes[i + 1] ?? 0).toString(16)),
  )
  bytes.writeUInt16BE(height, frame + 5)
  bytes.writeUInt16BE(width, frame + 7)
  return bytes
}

async function claimingWebp(width: number, height: number): Promise<Buffer> {
  const bytes = await plain(10, 10)
    .webp({ lossless: true })
    .withExif({ IFD0: { Copyright: 'x' } })
    .toBuffer()
  expect(bytes.toString('latin1', 12, 16)).toBe('VP8X')
  bytes.writeUIntLE(width - 1, 24, 3)
  bytes.writeUIntLE(height - 1, 27, 3)
  return bytes
}

const noPictures: readonly HostileCase[] = [
  refused('nothing', () => Buffer.alloc(0), 'image-empty'),
  refused('one byte', () => Buffer.from([0xff]), 'unsupported-image'),
  ...(
    [
      ['an SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
      [
        'an SVG that reads files',
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
      ],
      [
        'an SVG that grows',
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><svg>&b;</svg>',
      ],
      ['HTML', '<!doctype html><script>alert(1)</script>'],
      ['PDF', '%PDF-1.7\n%âãÏÓ\n'],
      ['PostScript', '%!PS-Adobe-3.0\n'],
      ['a script of ImageMagick', 'push graphic-context\nfill url(https://evil.example/)\n'],
      ['a ZIP', 'PK\x03\x04'],
      ['a program', '\x7fELF\x02\x01\x01'],
      ['a BMP', 'BM\x36\0\0\0'],
      ['an icon', '\0\0\x01\0\x01\0'],
      ['an AVI, which begins like a WebP', 'RIFF\x10\0\0\0AVI LIST'],
      ['text', 'the camera is offline'],
    ] as const
  ).map(([name, text]) => refused(name, () => Buffer.from(text, 'latin1'), 'unsupported-image')),
  refused('a GIF', () => plain(10, 10).gif().toBuffer(), 'unsupported-image'),
  refused('a TIFF', () => plain(10, 10).tiff().toBuffer(), 'unsupported-image'),
  refused('an AVIF', () => plain(16, 16).avif().toBuffer(), 'unsupported-image'),
  refused(
    'HTML before a JPEG',
    async () => Buffer.concat([Buffer.from('<html>'), await jpeg()]),
    'unsupported-image',
  ),
  refused(
    'an HTTP answer around a JPEG',
    async () => Buffer.concat([Buffer.from('HTTP/1.0 200 OK\r\n\r\n'), await jpeg()]),
    'unsupported-image',
  ),
  refused('a PNG that claims 50,000²', () => claimingPng(50_000, 50_000), 'image-dimensions'),
  refused('a PNG that claims 16,000²', () => claimingPng(16_000, 16_000), 'image-dimensions'),
  refused('a PNG that claims 2³²-1 squared', () => claimingPng(0xffff_ffff, 0xffff_ffff), 'image-dimensions'),
  refused('a PNG that claims no width', () => claimingPng(0, 10), 'image-dimensions'),
  refused('a PNG that claims no pixels', () => claimingPng(0, 0), 'image-dimensions'),
  refused('a JPEG that claims 65,535²', () => claimingJpeg(65_535, 65_535), 'image-dimensions'),
  refused('a JPEG that claims no pixels', () => claimingJpeg(0, 0), 'image-dimensions'),
  refused('a WebP that claims 16,384²', () => claimingWebp(16_384, 16_384), 'image-dimensions'),
  refused('a whole PNG of 256 megapixels in 31 KB', () => blackPng(16_000, 16_000), 'image-dimensions'),
]

const keptPictures: readonly HostileCase[] = [
  kept('a JPEG cut short', async () => (await jpeg(640, 480, 31)).subarray(0, 9000), true),
  kept('a JPEG cut behind its magic bytes', async () => (await jpeg(64, 48, 35)).subarray(0, 3), true),
  kept(
    'a PNG cut short',
    async () => (await plain(640, 480).png().toBuffer()).subarray(0, -20),
    true,
    'image/png',
  ),
  kept(
    'a PNG with a wrong checksum',
    async () => {
      const bytes = await plain(64, 48).png().toBuffer()
      bytes[30] = (bytes[30] ?? 0) ^ 0xff
      return bytes
    },
    false,
    'image/png',
  ),
  kept('a PNG of which the pixels are not there', () => claimingPng(100, 100), true, 'image/png'),
  kept(
    'a WebP cut short',
    async () => (await plain(640, 480).webp().toBuffer()).subarray(0, -20),
    true,
    'image/webp',
  ),
  kept(
    'a JPEG with flipped bits',
    async () => {
      const bytes = await jpeg(320, 240, 32)
      for (let at = 700; at < bytes.length - 10; at += 97) bytes[at] = (bytes[at] ?? 0) ^ 0x10
      return bytes
    },
    false,
  ),
  kept(
    'a JPEG with HTML behind it',
    async () =>
      Buffer.concat([await jpeg(40, 30, 12), Buffer.from('<html><script>alert(document.cookie)</script>')]),
    false,
  ),
  kept(
    'a JPEG with HTML in a comment',
    async () => {
      const bytes = await jpeg(40, 30, 13)
      const comment = Buffer.from('\xff\xfe\0\x22<script>alert(1)</script>xxxxxxx', 'latin1')
      return Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2)])
    },
    false,
  ),
  kept(
    'a JPEG with a ZIP behind it',
    async () => Buffer.concat([await jpeg(40, 30, 14), Buffer.from('PK\x03\x04evil', 'latin1')]),
    false,
  ),
  kept('a JPEG that is declared as PNG', () => jpeg(40, 30, 15), false, 'image/png'),
  kept('a PNG that is declared as JPEG', () => plain(41, 31).png().toBuffer(), false),
  kept(
    'a PNG with a bomb in its text',
    async () => {
      const bytes = await plain(42, 32).png().toBuffer()
      const text = Buffer.concat([Buffer.from('zTXtx\0\0'), deflateSync(Buffer.alloc(20_000_000))])
      const length = Buffer.alloc(4)
      length.writeUInt32BE(text.length - 4)
      const checksum = Buffer.alloc(4)
      checksum.writeUInt32BE(crc(text))
      return Buffer.concat([bytes.subarray(0, 33), length, text, checksum, bytes.subarray(33)])
    },
    false,
    'image/png',
  ),
  kept('a PNG of 49 megapixels in one colour', () => blackPng(7000, 7000), false, 'image/png'),
  {
    name: 'the same picture twice',
    answer: 201,
    kept: { ...aPicture, measurements: 2 },
    async send(site) {
      const bytes = await jpeg(40, 30, 41)
      await raw(site, bytes)
      return raw(site, bytes)
    },
  },
  {
    name: 'a picture that is there already, for another field',
    answer: 201,
    kept: { ...aKnownPicture, images: 1, blobs: 1 },
    async send(site) {
      const bytes = await jpeg(40, 30, 42)
      const timestamp = site.nextTime()
      await site.post(bytes, 'image/jpeg', `?field=cam1&timestamp=${timestamp}`)
      return site.post(bytes, 'image/jpeg', `?field=cam2&timestamp=${timestamp}`)
    },
  },
]

const parameters: readonly HostileCase[] = (
  [
    ['without a field', '?timestamp=1650000000000', 'parameter-invalid'],
    ['for two fields', '?field=cam1&field=cam2&timestamp=1650000000000', 'parameter-invalid'],
    [
      'with two timestamps',
      '?field=cam1&timestamp=1650000000000&timestamp=1650000000001',
      'parameter-invalid',
    ],
    ['without a timestamp', '?field=cam1', 'timestamp-missing'],
    ['with an empty timestamp', '?field=cam1&timestamp=', 'timestamp-invalid'],
    ['with a word as timestamp', '?field=cam1&timestamp=now', 'timestamp-invalid'],
    ['with a timestamp in hex', '?field=cam1&timestamp=0x180', 'timestamp-invalid'],
    ['with a negative timestamp', '?field=cam1&timestamp=-1', 'timestamp-invalid'],
    ['with seconds', '?field=cam1&timestamp=1650000000', 'timestamp-in-seconds'],
    ['with SQL as timestamp', '?field=cam1&timestamp=1%3BDROP%20TABLE%20x', 'timestamp-invalid'],
    ['for a scalar', '?field=temp&timestamp=1650000000000', 'value-invalid'],
    ['for an unknown field', '?field=cam9&timestamp=1650000000000', 'unknown-field'],
    ['for __proto__', '?field=__proto__&timestamp=1650000000000', 'unknown-field'],
    ['for a field with a NUL', '?field=cam1%00&timestamp=1650000000000', 'unknown-field'],
  ] as const
).map(([what, query, answer]) => ({
  name: `a picture as the whole body, ${what}`,
  answer,
  send: async (site) => site.post(await jpeg(40, 30, 51), 'image/jpeg', query),
}))

export const pictures: HostileSubject = {
  title: 'A picture',
  introduction:
    'JPEG, PNG or WebP, told by its bytes while they come. What a camera spoiled is kept byte for byte and marked; nothing is decoded in the process that takes it in. Pictures are served so that a browser shows a picture or nothing.',
  cases: [...noPictures, ...keptPictures, ...parameters],
}
