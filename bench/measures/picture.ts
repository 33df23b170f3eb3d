import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { TemplateBuilder } from '../load/template-builder.ts'
import type { RequestTemplate } from '../load/template.ts'

/** The server's own library of pictures. */
const requireOfServer = createRequire(
  fileURLToPath(new URL('../../packages/server/package.json', import.meta.url)),
)

type Sharp = (
  pixels: Uint8Array,
  options: { readonly raw: { readonly width: number; readonly height: number; readonly channels: 3 } },
) => { jpeg(options: { readonly quality: number }): { toBuffer(): Promise<Buffer> } }

const [WIDTH, HEIGHT] = [720, 480]
const SIZE = 100_000

/** FF FE, then the length of the comment, its own two bytes included. */
const COMMENT_HEAD = 4
const NUMBER_DIGITS = 16

/**
 * A JPEG of 100,000 bytes as a camera would send it, with the number of the request as a comment: each request sends
 * another picture, as far as hashes can tell.
 */
export async function pictureTemplate(): Promise<RequestTemplate> {
  const jpeg = await encode()
  const filling = SIZE - jpeg.length - COMMENT_HEAD - NUMBER_DIGITS
  if (filling < 0 || filling > 60_000) throw new Error(`The picture came out at ${jpeg.length} bytes.`)
  const head = Buffer.from([0xff, 0xfe, 0, 0])
  head.writeUInt16BE(2 + NUMBER_DIGITS + filling, 2)
  return new TemplateBuilder()
    .bytes(jpeg.subarray(0, 2))
    .bytes(head)
    .number(NUMBER_DIGITS)
    .bytes(new Uint8Array(filling))
    .bytes(jpeg.subarray(2))
    .build()
}

/** A soft picture with enough noise for about 90,000 bytes; the same in every run. */
async function encode(): Promise<Buffer> {
  const sharp = requireOfServer('sharp') as Sharp
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3)
  let random = 1
  for (let index = 0; index < pixels.length; index++) {
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0
    const wave = 128 + 80 * Math.sin(index / 5000)
    pixels[index] = wave + (random >>> 24) / 8
  }
  let best: Buffer = Buffer.alloc(0)
  for (let quality = 40; quality <= 95; quality += 2) {
    const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const
    const jpeg = await sharp(pixels, { raw }).jpeg({ quality }).toBuffer()
    if (jpeg.length > SIZE - 100) break
    best = jpeg
  }
  return best
}
