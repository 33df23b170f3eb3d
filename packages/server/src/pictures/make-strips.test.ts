import type { KeogramColumn } from '@senio/protocol'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { ProcessPictureDecoder } from './process-picture-decoder.ts'

// In its own process, as in the program: what is allowed there must not be narrowed for these tests.
const decoder = new ProcessPictureDecoder({ maxPixels: 50_000_000 })
afterAll(() => decoder.close())

/** A thumb without loss, of rows of grey values. */
function thumb(rows: readonly (readonly number[])[]): Promise<Buffer> {
  const pixels = Buffer.from(rows.flat())
  const raw = { width: rows[0]?.length ?? 0, height: rows.length, channels: 1 as const }
  return sharp(pixels, { raw }).webp({ lossless: true }).toBuffer()
}

/** The red of a strip, from top to bottom. */
async function reds(picture: Uint8Array, column: KeogramColumn) {
  const [strip] = await decoder.strips([picture], column)
  return [...(strip ?? [])].filter((_, index) => index % 4 === 0)
}

describe('a strip', () => {
  it("is the picture's middle column, or the mean of all", async () => {
    const picture = await thumb([
      [0, 10, 50],
      [100, 200, 0],
    ])
    expect(await reds(picture, 'middle')).toEqual([10, 200])
    expect(await reds(picture, 'mean')).toEqual([20, 100])
  })

  it('has the colours and the transparency of the picture', async () => {
    const background = { r: 250, g: 120, b: 10, alpha: 1 }
    const create = { width: 3, height: 1, channels: 4 as const, background }
    const opaque = await sharp({ create }).webp({ lossless: true }).toBuffer()
    const clear = await sharp({ create: { ...create, background: { ...background, alpha: 0.2 } } })
      .webp({ lossless: true })
      .toBuffer()
    const strips = await decoder.strips([opaque, clear], 'middle')
    expect(strips.map((strip) => [...(strip ?? [])])).toEqual([
      [250, 120, 10, 255],
      [250, 120, 10, 51],
    ])
  })

  it('is not made of what cannot be read, nor of what is larger than a thumb', async () => {
    const good = await thumb([[7]])
    const large = await sharp({ create: { width: 400, height: 400, channels: 3, background: 'red' } })
      .webp()
      .toBuffer()
    const strips = await decoder.strips(
      [good.subarray(0, 20), good, Buffer.from('no picture'), large],
      'mean',
    )
    expect(strips.map((strip) => strip?.[0] ?? null)).toEqual([null, 7, null, null])
  })
})

describe('pixels', () => {
  it('are encoded one by one: columns do not smear into each other', async () => {
    const [width, height] = [256, 16]
    const pixels = new Uint8Array(width * height * 4)
    const colours = [
      [255, 0, 0, 255],
      [0, 0, 255, 255],
      [0, 255, 0, 255],
      [0, 0, 0, 0],
    ]
    for (let i = 0; i < width * height; i++) pixels.set(colours[i % 4] ?? [], i * 4)
    const bytes = await decoder.encode({ pixels, width, height })
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width, height, channels: 4 })
    for (let i = 0; i < width * height * 4; i++) {
      if (i % 16 < 12) expect(Math.abs((data[i] ?? 0) - (pixels[i] ?? 0))).toBeLessThan(6)
      else if (i % 4 === 3) expect(data[i]).toBe(0)
    }
  })

  it('that are not as many as was said are refused', async () => {
    await expect(decoder.encode({ pixels: new Uint8Array(8), width: 9, height: 9 })).rejects.toMatchObject({
      code: 'overloaded',
    })
  })
})
