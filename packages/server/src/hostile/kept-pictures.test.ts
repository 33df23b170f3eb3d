import { buffer } from 'node:stream/consumers'
import type { ImageJson } from '@senio/protocol/api'
import sharp, { type Region, type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { present } from '../storage/contract/database-under-test.ts'
import { multipartBody, multipartType } from '../testing/multipart-body.ts'
import { PublishSite, sha1 } from '../testing/publish-site.ts'
import { storageProfiles } from '../testing/storage-profiles.ts'
import { jpeg, png, webp } from '../testing/test-images.ts'

let t = 1_600_000_000_000
let site: PublishSite

/** Publishes it, makes its thumb, and gives how it is listed then. */
async function publish(bytes: Buffer, declared = 'image/jpeg'): Promise<ImageJson> {
  const timestamp = ++t
  const answer = await site.post(bytes, declared, `?field=cam1&timestamp=${timestamp}`)
  expect(answer).toMatchObject({ status: 201, json: { timestamp, data: { cam1: sha1(bytes) } } })
  expect((await site.get(`images/${sha1(bytes)}?size=thumb`)).status).toBe(200)
  const original = await site.get(`images/${sha1(bytes)}?size=original`)
  expect(original.body.equals(bytes)).toBe(true)
  const list = await site.get(`images?field=cam1&from=${timestamp}&to=${timestamp + 1}`)
  const [image] = (list.json as { images: ImageJson[] }).images
  if (image === undefined) throw new Error('The picture is not listed.')
  return image
}

async function rendition(bytes: Buffer, size: 'thumb' | 'preview'): Promise<Buffer> {
  const answer = await site.get(`images/${sha1(bytes)}?size=${size}`)
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'image/webp' } })
  return answer.body
}

/** Left half red, right half blue; seen upright after turning it as `orientation` says. */
function halves(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3)
  for (let i = 0; i < width * height; i++) pixels[i * 3 + (i % width < width / 2 ? 0 : 2)] = 255
  return sharp(pixels, { raw: { width, height, channels: 3 } })
}

async function averageColour(bytes: Buffer, area: Region): Promise<readonly number[]> {
  const { channels } = await sharp(await sharp(bytes).extract(area).toBuffer()).stats()
  return channels.slice(0, 3).map(({ mean }) => Math.round(mean / 255))
}

describe.each(storageProfiles)('$name', (profile) => {
  beforeAll(async () => {
    site = await PublishSite.open(await profile.prepare())
  })
  afterAll(() => site.close())

  describe('a picture that was made, and that the storage has changed since', () => {
    it.each(['thumb', 'preview'] as const)('is made again: %s', async (size) => {
      const bytes = await jpeg(400, 300, 200)
      await publish(bytes)
      const made = await rendition(bytes, size)
      const { thumbs, previews } = site.server.installation.storage
      const store = size === 'thumb' ? thumbs : previews
      const kept = await buffer(present(await store.open(sha1(bytes))).stream())
      await store.delete(sha1(bytes))
      const draft = await store.create()
      await draft.write(kept.fill(0, 40, 60))
      await draft.commit(sha1(bytes))
      expect((await rendition(bytes, size)).equals(made)).toBe(true)
      const again = await buffer(present(await store.open(sha1(bytes))).stream())
      expect(again.subarray(0, made.length).equals(made)).toBe(true)
      expect((await rendition(bytes, size)).equals(made)).toBe(true)
    })
  })

  describe('a picture that is kept', () => {
    it.each<[string, () => Promise<Buffer>, Partial<ImageJson>]>([
      ['JPEG', () => jpeg(400, 300), { type: 'image/jpeg', width: 400, height: 300 }],
      ['PNG', () => png(400, 300), { type: 'image/png', width: 400, height: 300 }],
      ['WebP', () => webp(400, 300), { type: 'image/webp', width: 400, height: 300 }],
      [
        'a progressive JPEG',
        () => halves(400, 300).jpeg({ progressive: true }).toBuffer(),
        { type: 'image/jpeg', width: 400, height: 300 },
      ],
      [
        'a CMYK JPEG',
        () => halves(400, 300).toColourspace('cmyk').jpeg().toBuffer(),
        { type: 'image/jpeg', width: 400, height: 300 },
      ],
      [
        'a grey PNG of 16 bits',
        () => halves(400, 300).toColourspace('grey16').png().toBuffer(),
        { type: 'image/png', width: 400, height: 300 },
      ],
      [
        'a PNG of 16 bits',
        () => halves(400, 300).toColourspace('rgb16').png().toBuffer(),
        { type: 'image/png', width: 400, height: 300 },
      ],
      [
        'a PNG with a palette and transparency',
        () => halves(400, 300).ensureAlpha(0.5).png({ palette: true }).toBuffer(),
        { type: 'image/png', width: 400, height: 300 },
      ],
      [
        'a lossless WebP',
        () => halves(400, 300).webp({ lossless: true }).toBuffer(),
        { type: 'image/webp', width: 400, height: 300 },
      ],
      ['one pixel', () => halves(1, 1).png().toBuffer(), { type: 'image/png', width: 1, height: 1 }],
      ['a panorama', () => halves(6000, 8).png().toBuffer(), { type: 'image/png', width: 6000, height: 8 }],
    ])('is listed with its facts and gets a thumb: %s', async (_, make, facts) => {
      const bytes = await make()
      expect(await publish(bytes)).toEqual({
        timestamp: t,
        image: sha1(bytes),
        bytes: bytes.length,
        damaged: false,
        ...facts,
      })
      for (const [size, box] of [
        ['thumb', 320],
        ['preview', 1280],
      ] as const) {
        const { width, height, format } = await sharp(await rendition(bytes, size)).metadata()
        expect(format).toBe('webp')
        const scale = Math.min(1, box / (facts.width ?? 0), box / (facts.height ?? 0))
        expect(width).toBe(Math.max(1, Math.round((facts.width ?? 0) * scale)))
        expect(height).toBe(Math.max(1, Math.round((facts.height ?? 0) * scale)))
      }
    })

    it('is upright in the list and in its thumb, however the camera was held', async () => {
      // Orientation 6: turn it by 90° clockwise, so that left becomes top.
      const bytes = await halves(400, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer()
      expect(await publish(bytes)).toMatchObject({ width: 200, height: 400 })
      const thumb = await rendition(bytes, 'thumb')
      expect(await sharp(thumb).metadata()).toMatchObject({ width: 160, height: 320 })
      expect(await averageColour(thumb, { left: 10, top: 10, width: 100, height: 50 })).toEqual([1, 0, 0])
      expect(await averageColour(thumb, { left: 10, top: 260, width: 100, height: 50 })).toEqual([0, 0, 1])
    })

    it('keeps the place where it was taken in its original alone', async () => {
      const bytes = await halves(400, 300)
        .withExif({
          IFD0: { Copyright: 'nobody' },
          IFD3: { GPSLatitude: '52/1 30/1 0/1', GPSLatitudeRef: 'N' },
        })
        .jpeg()
        .toBuffer()
      expect((await sharp(bytes).metadata()).exif?.length).toBeGreaterThan(0)
      await publish(bytes)
      for (const size of ['thumb', 'preview'] as const) {
        const made = await rendition(bytes, size)
        const { exif, xmp, iptc, icc } = await sharp(made).metadata()
        expect({ exif, xmp, iptc, icc }).toEqual({})
        expect(made.includes('nobody')).toBe(false)
      }
    })

    it('is known by its bytes, whatever it is declared as', async () => {
      const bytes = await jpeg(40, 30, 11)
      expect(await publish(bytes, 'image/png')).toMatchObject({ type: 'image/jpeg' })
      const original = await site.get(`images/${sha1(bytes)}`)
      expect(original.headers['content-type']).toBe('image/jpeg')
      const form = multipartBody([
        { name: 'json', body: JSON.stringify({ timestamp: ++t }) },
        { name: 'cam2', file: 'page.html', mediaType: 'text/html', body: bytes },
      ])
      expect((await site.post(form, multipartType)).status).toBe(201)
      expect((await site.get(`images?field=cam2`)).json).toMatchObject({ images: [{ type: 'image/jpeg' }] })
    })

    it('is served inert, even with a page behind it', async () => {
      const bytes = Buffer.concat([
        await jpeg(40, 30, 12),
        Buffer.from('<html><script>alert(document.cookie)</script></html>'),
      ])
      await publish(bytes)
      const { headers, body } = await site.get(`images/${sha1(bytes)}`)
      expect(body.equals(bytes)).toBe(true)
      expect(headers).toMatchObject({
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        'cache-control': expect.stringContaining('private'),
      })
      expect(headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/)
    })

    it('takes the place of the one that was there, and comes back after it', async () => {
      const [one, two] = [await jpeg(30, 30, 21), await jpeg(30, 30, 22)]
      const timestamp = ++t
      for (const bytes of [one, two, one]) {
        await site.post(bytes, 'image/jpeg', `?field=cam1&timestamp=${timestamp}`)
        const list = await site.get(`images?field=cam1&from=${timestamp}&to=${timestamp + 1}`)
        expect((list.json as { images: ImageJson[] }).images.map(({ image }) => image)).toEqual([sha1(bytes)])
        expect((await site.get(`images/${sha1(bytes)}`)).status).toBe(200)
      }
    })
  })

  describe('a damaged picture', () => {
    it.each([0.02, 0.3, 0.9])('that is cut short after %d of it is kept and marked', async (part) => {
      const whole = await jpeg(640, 480, 31)
      const bytes = whole.subarray(0, Math.floor(whole.length * part) + 20)
      expect(await publish(bytes)).toMatchObject({ damaged: true, bytes: bytes.length })
      const thumb = await site.get(`images/${sha1(bytes)}?size=thumb`)
      expect(['image/webp', 'image/svg+xml']).toContain(thumb.headers['content-type'])
      expect(thumb.headers['content-security-policy']).toContain('sandbox')
      expect(thumb.body.length).toBeGreaterThan(100)
    })

    it('with flipped bits is kept byte for byte', async () => {
      const whole = await jpeg(320, 240, 32)
      for (let seed = 1; seed <= 6; seed++) {
        const bytes = Buffer.from(whole)
        // Behind the headers: what a bad cable or card does to the pixels.
        for (let n = 0; n < 20; n++) {
          const at = 700 + ((seed * 7919 + n * 104_729) % (bytes.length - 710))
          bytes[at] = (bytes[at] ?? 0) ^ (1 << (n % 8))
        }
        expect(await publish(bytes)).toMatchObject({ type: 'image/jpeg', bytes: bytes.length })
      }
    })

    it('of which nothing can be read gets a placeholder', async () => {
      const whole = await jpeg(320, 240, 33)
      const startOfScan = whole.indexOf(Buffer.from([0xff, 0xda]))
      const bytes = whole.subarray(0, startOfScan)
      expect(await publish(bytes)).toMatchObject({ damaged: true })
      const thumb = await site.get(`images/${sha1(bytes)}?size=thumb`)
      expect(thumb.headers['content-type']).toBe('image/svg+xml')
      expect(thumb.headers['cache-control']).toBe('no-store')
    })
  })
})
