import sharp from 'sharp'

export interface PixelsToEncode {
  /** RGBA, row by row. */
  readonly pixels: Uint8Array
  readonly width: number
  readonly height: number
}

/** Nearly lossless: lossy WebP keeps colours at half the resolution, which would smear columns into each other. */
export async function encodePixels({ pixels, width, height }: PixelsToEncode): Promise<Uint8Array> {
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .webp({ nearLossless: true, quality: 60, effort: 1 })
    .toBuffer()
}
