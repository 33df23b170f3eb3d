import type { KeogramColumn } from '@senio/protocol'
import sharp from 'sharp'

const CHANNELS = 4

/** Thumbs decoded at a time: they are small. */
const AT_A_TIME = 4

export interface StripsRequest {
  readonly thumbs: readonly Uint8Array[]
  readonly column: KeogramColumn
  /** Greatest width × height of a thumb. */
  readonly maxPixels: number
}

/**
 * Pictures squeezed to one column of pixels each, as high as they are: RGBA from top to bottom; null for what can't be
 * read.
 */
export async function makeStrips({
  thumbs,
  column,
  maxPixels,
}: StripsRequest): Promise<(Uint8Array | null)[]> {
  const strips: (Uint8Array | null)[] = []
  for (let start = 0; start < thumbs.length; start += AT_A_TIME) {
    const some = thumbs.slice(start, start + AT_A_TIME)
    strips.push(...(await Promise.all(some.map((thumb) => makeStrip(thumb, column, maxPixels)))))
  }
  return strips
}

async function makeStrip(
  thumb: Uint8Array,
  column: KeogramColumn,
  maxPixels: number,
): Promise<Uint8Array | null> {
  try {
    const { data, info } = await sharp(thumb, { limitInputPixels: maxPixels, failOn: 'warning' })
      .raw()
      .toBuffer({ resolveWithObject: true })
    return toRgba(info, column === 'middle' ? middleOf(data, info) : meanOf(data, info))
  } catch {
    return null
  }
}

interface Shape {
  readonly width: number
  readonly height: number
  /** 1 or 3 of colour, and 1 more with alpha. */
  readonly channels: number
}

type ValueAt = (y: number, channel: number) => number

function middleOf(pixels: Uint8Array, { width, channels }: Shape): ValueAt {
  const x = Math.floor(width / 2)
  return (y, channel) => pixels[(y * width + x) * channels + channel] ?? 0
}

function meanOf(pixels: Uint8Array, { width, channels }: Shape): ValueAt {
  return (y, channel) => {
    let sum = 0
    const end = (y + 1) * width * channels
    for (let i = y * width * channels + channel; i < end; i += channels) sum += pixels[i] ?? 0
    return Math.round(sum / width)
  }
}

/** Whatever channels the picture has. */
function toRgba({ height, channels }: Shape, valueAt: ValueAt): Uint8Array {
  const strip = new Uint8Array(height * CHANNELS)
  const isGrey = channels < 3
  const hasAlpha = channels % 2 === 0
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < 3; c++) strip[y * CHANNELS + c] = valueAt(y, isGrey ? 0 : c)
    strip[y * CHANNELS + 3] = hasAlpha ? valueAt(y, channels - 1) : 255
  }
  return strip
}
