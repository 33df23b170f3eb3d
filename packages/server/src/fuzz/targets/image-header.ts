import { createHash } from 'node:crypto'
import { createImageProbe, type ProbedImage } from '../../domain/ingest/image-probe/image-probe.ts'
import { claimingPng, jpeg, png, webp } from '../../testing/test-images.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { type Outcome, promise, promiseEqual, refusal } from '../promise.ts'

const MAX_PIXELS = 50_000_000

function probe(bytes: Uint8Array, sizes: readonly number[]): Outcome<ProbedImage> {
  const probe = createImageProbe({ maxPixels: MAX_PIXELS })
  try {
    for (let at = 0, i = 0; at < bytes.length; i++) {
      const size = sizes[i % sizes.length] ?? bytes.length
      probe.write(bytes.subarray(at, at + size))
      at += size
    }
    return { value: probe.end() }
  } catch (error) {
    return refusal(error)
  }
}

/** A picture says the same about itself in whatever pieces it comes, and never more pixels than are allowed. */
export const imageHeader: FuzzTarget = {
  name: 'image-header',
  modules: ['/image-probe/'],
  dictionary: [
    '\xff\xd8\xff',
    '\xff\xd9',
    '\xff\xc0\0\x11\x08\0\x10\0\x10',
    '\xff\xc2',
    '\xff\xda',
    '\xff\xe1',
    '\xff\x00',
    '\xff\xff',
    '\0\0',
    '\0\x02',
    '\xff\xfe\0\x02',
    '\x89PNG\r\n\x1a\n',
    '\0\0\0\rIHDR',
    'IEND',
    '\0\0\0\0IEND\xae\x42\x60\x82',
    'IDAT',
    '\x7f\xff\xff\xff',
    '\xff\xff\xff\xff',
    'RIFF',
    'WEBP',
    'VP8 ',
    'VP8L',
    'VP8X',
    '\x9d\x01\x2a',
    '\x2f',
  ],
  seeds: async () => [
    await jpeg(16, 12, 1),
    await png(8, 6, 2),
    await webp(16, 12, 3),
    claimingPng(100, 100),
    claimingPng(0, 1),
    Buffer.from('RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x10\0\0\0\x09\0\0\x09\0\0', 'latin1'),
    Buffer.from('RIFF\x1e\0\0\0WEBPVP8L\x0a\0\0\0\x2f\x09\x40\x02\0\0\0\0\0\0', 'latin1'),
  ],
  run(input) {
    const whole = probe(input, [])
    const sizes = [...createHash('sha1').update(input).digest().subarray(0, 8)].map((byte) => 1 + (byte % 50))
    promiseEqual(probe(input, sizes), whole, 'pieces say what the whole does')
    promiseEqual(probe(input, [1]), whole, 'single bytes say what the whole does')
    if (!('value' in whole)) return
    const { width, height, complete } = whole.value
    if (width !== null && height !== null) {
      promise(width * height >= 1 && width * height <= MAX_PIXELS, 'no more pixels than are allowed')
    }
    const longer = probe(Buffer.concat([input, Buffer.from('<html>')]), [])
    if (complete) promiseEqual(longer, whole, 'what comes behind a whole picture does not matter')
  },
}
