import { deflateSync } from 'node:zlib'
import { SenioError } from '@senio/protocol'
import * as fc from 'fast-check'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { createImageProbe, type ImageProbeOptions, type ProbedImage } from './image-probe.ts'

function probe(
  bytes: Uint8Array,
  sizes: readonly number[] = [],
  options: ImageProbeOptions = {},
): ProbedImage {
  const probe = createImageProbe(options)
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length
    probe.write(bytes.subarray(at, at + size))
    at += size
  }
  return probe.end()
}

function codeOf(work: () => unknown): string {
  try {
    work()
    return 'none'
  } catch (error) {
    return error instanceof SenioError ? error.code : `not ours: ${String(error)}`
  }
}

function noise(width: number, height: number, channels: 3 | 4 = 3): Sharp {
  return sharp({
    create: {
      width,
      height,
      channels,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
}

function pngChunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, data, Buffer.alloc(4)])
}

function pngOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(10))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

const pictures = new Map<string, { bytes: Buffer; expected: ProbedImage }>()

beforeAll(async () => {
  const add = async (
    name: string,
    mediaType: ProbedImage['mediaType'],
    picture: Sharp | Promise<Buffer>,
    [width, height] = [61, 37],
  ): Promise<void> => {
    const bytes = picture instanceof Promise ? await picture : await picture.toBuffer()
    pictures.set(name, { bytes, expected: { mediaType, width, height, complete: true } })
  }
  const jpeg = await noise(61, 37).jpeg().toBuffer()
  await add('baseline JPEG', 'image/jpeg', noise(61, 37).jpeg())
  await add('progressive JPEG', 'image/jpeg', noise(61, 37).jpeg({ progressive: true }))
  await add('CMYK JPEG', 'image/jpeg', noise(61, 37).toColourspace('cmyk').jpeg())
  await add('grey JPEG', 'image/jpeg', noise(61, 37).greyscale().jpeg())
  await add('EXIF JPEG', 'image/jpeg', noise(61, 37).withMetadata({ orientation: 6 }).jpeg())
  await add('JPEG with a JPEG inside', 'image/jpeg', withSegment(jpeg, await noise(8, 8).jpeg().toBuffer()))
  await add(
    'JPEG followed by HTML',
    'image/jpeg',
    appended(jpeg, Buffer.from('<html><script>alert(1)</script>')),
  )
  await add('multi-picture JPEG', 'image/jpeg', appended(jpeg, await noise(9, 9).jpeg().toBuffer()))
  await add('PNG', 'image/png', noise(61, 37).png())
  await add('interlaced PNG', 'image/png', noise(61, 37).png({ progressive: true }))
  await add('16-bit PNG', 'image/png', noise(61, 37).toColourspace('rgb16').png())
  await add('palette PNG', 'image/png', noise(61, 37).png({ palette: true }))
  await add('lossy WebP', 'image/webp', noise(61, 37).webp())
  await add('lossless WebP', 'image/webp', noise(61, 37).webp({ lossless: true }))
  await add('WebP with alpha', 'image/webp', noise(61, 37, 4).ensureAlpha(0.5).webp())
  const frames = sharp(Buffer.alloc(3 * 61 * 74, 90), {
    raw: { width: 61, height: 74, channels: 3, pageHeight: 37 },
  })
  await add('animated WebP', 'image/webp', frames.webp({ loop: 0, delay: [100, 100] }))
})

async function appended(bytes: Buffer, more: Buffer): Promise<Buffer> {
  return Buffer.concat([bytes, more])
}

/** As an APP1 segment, where cameras put thumbnails. */
async function withSegment(jpeg: Buffer, payload: Buffer): Promise<Buffer> {
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(payload.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, payload, jpeg.subarray(2)])
}

function picture(name: string): Buffer {
  return pictures.get(name)?.bytes ?? Buffer.alloc(0)
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 })

describe('whole pictures', () => {
  it('are told by their bytes, in whatever chunks', () => {
    expect(pictures.size).toBe(16)
    for (const [name, { bytes, expected }] of pictures) {
      expect({ name, ...probe(bytes) }).toEqual({ name, ...expected })
      fc.assert(
        fc.property(chunkSizes, (sizes) => {
          expect({ name, ...probe(bytes, sizes) }).toEqual({ name, ...expected })
        }),
        { numRuns: 20 },
      )
      expect({ name, ...probe(bytes, [1]) }).toEqual({ name, ...expected })
    }
  })
})

describe('pictures cut short', () => {
  it('are never complete, and keep their size where it was told', () => {
    for (const name of ['baseline JPEG', 'progressive JPEG', 'PNG', 'lossy WebP', 'lossless WebP']) {
      const { bytes, expected } = pictures.get(name) ?? { bytes: Buffer.alloc(0), expected: null }
      for (let length = 12; length < bytes.length; length++) {
        const probed = probe(bytes.subarray(0, length), [200])
        expect({ name, length, complete: probed.complete }).toEqual({ name, length, complete: false })
        expect([null, expected?.width]).toContain(probed.width)
      }
      expect(probe(bytes.subarray(0, bytes.length - 1)).width).toBe(expected?.width)
    }
  })

  it('have no size when they end before it', () => {
    const cut = picture('baseline JPEG').subarray(0, 30)
    expect(probe(cut)).toEqual({ mediaType: 'image/jpeg', width: null, height: null, complete: false })
  })

  it('are refused when nothing tells the format', () => {
    for (const name of pictures.keys()) {
      expect(codeOf(() => probe(picture(name).subarray(0, 1)))).toBe('unsupported-image')
      expect(codeOf(() => probe(picture(name).subarray(0, 2)))).toBe('unsupported-image')
    }
  })
})

describe('what is no picture', () => {
  it('is refused by its first bytes', () => {
    const files = {
      svg: '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      svgWithXxe:
        '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
      html: '<!doctype html><script>alert(1)</script>',
      pdf: '%PDF-1.7\n',
      gif: 'GIF89a\x01\0\x01\0\0\0\0;',
      tiff: 'II*\0\x08\0\0\0',
      bmp: 'BM\x1e\0\0\0',
      avi: 'RIFF\x10\0\0\0AVI LIST',
      heic: '\0\0\0\x18ftypheic',
      jpegLike: '\xff\xd8<html>',
      pngLike: '\x89PNG\n\n',
    }
    for (const [name, content] of Object.entries(files)) {
      const bytes = Buffer.from(content, 'latin1')
      const codes = [codeOf(() => createImageProbe().write(bytes)), codeOf(() => probe(bytes, [1]))]
      expect([name, ...codes]).toEqual([name, 'unsupported-image', 'unsupported-image'])
    }
  })

  it('is refused when it has no bytes', () => {
    expect(codeOf(() => probe(Buffer.alloc(0)))).toBe('image-empty')
  })
})

describe('pictures with too many or no pixels', () => {
  it.each([
    [50_000, 50_000],
    [16_000, 16_000],
    [0, 0],
    [0, 100],
    [1, 50_000_001],
    [2 ** 32 - 1, 2 ** 32 - 1],
  ])('are refused at their header: PNG of %d × %d', (width, height) => {
    const probe = createImageProbe()
    expect(codeOf(() => probe.write(pngOf(width, height).subarray(0, 24)))).toBe('image-dimensions')
  })

  it('are refused at their header: JPEG', () => {
    const jpeg = Buffer.from(picture('baseline JPEG'))
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]))
    jpeg.writeUInt16BE(60_000, frame + 5)
    jpeg.writeUInt16BE(60_000, frame + 7)
    expect(codeOf(() => probe(jpeg, [50]))).toBe('image-dimensions')
  })

  it('are refused at their header: WebP', () => {
    const webp = Buffer.from(picture('WebP with alpha'))
    webp.writeUIntLE(16_383, 24, 3)
    webp.writeUIntLE(16_383, 27, 3)
    expect(codeOf(() => probe(webp, [50]))).toBe('image-dimensions')
  })

  it('are measured by the limit that is set', () => {
    expect(probe(pngOf(100, 100), [], { maxPixels: 10_000 }).width).toBe(100)
    expect(codeOf(() => probe(pngOf(100, 100), [], { maxPixels: 9_999 }))).toBe('image-dimensions')
    expect(probe(pngOf(10_000, 5_000)).complete).toBe(true)
  })
})

describe('damaged and hostile pictures', () => {
  it('never fail but with an error of ours, whatever bits are flipped', () => {
    const names = [...pictures.keys()]
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 7 })), { minLength: 1, maxLength: 20 }),
        chunkSizes,
        (name, flips, sizes) => {
          const bytes = Buffer.from(picture(name))
          for (const [at, bit] of flips)
            bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit)
          expect(['none', 'unsupported-image', 'image-dimensions']).toContain(
            codeOf(() => probe(bytes, sizes)),
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  it.each([
    ['JPEG of empty segments', '\xff\xd8\xff', '\xe0\0\x02\xff'],
    ['JPEG of stuffed bytes', '\xff\xd8\xff\xda\0\x02', '\xff\0'],
    ['JPEG of sparse stuffed bytes', '\xff\xd8\xff\xda\0\x02', '\xff\0aaaaaaaaaaaaaaa'],
    ['JPEG of prefixes', '\xff\xd8\xff', '\xff'],
    ['PNG of empty chunks', '\x89PNG\r\n\x1a\n', '\0\0\0\0tEXt\0\0\0\0'],
  ])('cost no more than large ones: %s', (_, magic, filler) => {
    const bytes = Buffer.concat([Buffer.from(magic, 'latin1'), Buffer.alloc(20 * 2 ** 20, filler, 'latin1')])
    const before = process.cpuUsage()
    expect(probe(bytes, [65_536]).complete).toBe(false)
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(2000)
  })
})
