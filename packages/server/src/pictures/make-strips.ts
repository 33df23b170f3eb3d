import type { KeogramColumn } from '@senio/protocol'
import sharp from 'sharp'

const CHANNELS = 4

export interface StripsRequest {
  readonly thumbs: readonly Uint8Array[]
  /** Pixels of each strip. */
  readonly height: number
  readonly column: KeogramColumn
  /** Greatest width × height of a thumb. */
  readonly maxPixels: number
}

/** Pictures squeezed to one column of pixels each: RGBA from top to bottom; null for what can't be read. */
export async function makeStrips({ thumbs, ...shape }: StripsRequest): Promise<(Uint8Array | null)[]> {
  const strips: (Uint8Array | null)[] = []
  for (const thumb of thumbs) strips.push(await makeStrip(thumb, shape).catch(() => null))
  return strips
}

async function makeStrip(
  thumb: Uint8Array,
  { height, column, maxPixels }: Omit<StripsRequest, 'thumbs'>,
): Promise<Uint8Array> {
  const { data, info } = await sharp(thumb, { limitInputPixels: maxPixels, failOn: 'warning' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const squeeze = column === 'middle' ? middleColumn : meanColumn
  return stretch(squeeze(data, info), info.height, height)
}

interface Shape {
  readonly width: number
  readonly height: number
  /** 1 or 3 of colour, and 1 more with alpha. */
  readonly channels: number
}

function middleColumn(pixels: Uint8Array, shape: Shape): Float32Array {
  return column(shape, (y, channel) => {
    const x = Math.floor(shape.width / 2)
    return pixels[(y * shape.width + x) * shape.channels + channel] ?? 0
  })
}

function meanColumn(pixels: Uint8Array, shape: Shape): Float32Array {
  const { width, channels } = shape
  return column(shape, (y, channel) => {
    let sum = 0
    const end = (y + 1) * width * channels
    for (let i = y * width * channels + channel; i < end; i += channels) sum += pixels[i] ?? 0
    return sum / width
  })
}

/** RGBA, whatever channels the picture has. */
function column({ height, channels }: Shape, valueAt: (y: number, channel: number) => number): Float32Array {
  const line = new Float32Array(height * CHANNELS)
  const isGrey = channels < 3
  const hasAlpha = channels % 2 === 0
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < 3; c++) line[y * CHANNELS + c] = valueAt(y, isGrey ? 0 : c)
    line[y * CHANNELS + 3] = hasAlpha ? valueAt(y, channels - 1) : 255
  }
  return line
}

/** Each pixel of the result is the mean of the part of the line that it covers. */
function stretch(line: Float32Array, from: number, to: number): Uint8Array {
  const strip = new Uint8Array(to * CHANNELS)
  for (let y = 0; y < to; y++) {
    const [top, bottom] = [(y * from) / to, ((y + 1) * from) / to]
    for (let c = 0; c < CHANNELS; c++) {
      let sum = 0
      for (let row = Math.floor(top); row < Math.min(bottom, from); row++) {
        const share = Math.min(row + 1, bottom) - Math.max(row, top)
        sum += (line[row * CHANNELS + c] ?? 0) * share
      }
      strip[y * CHANNELS + c] = Math.round(sum / (bottom - top))
    }
  }
  return strip
}
