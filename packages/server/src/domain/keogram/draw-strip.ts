import type { Pixels, Strip } from '../pictures/picture-decoder.ts'

const CHANNELS = 4

/** Draws a strip over the whole height of a column: each pixel becomes the mean of the part of the strip that it covers. */
export function drawStrip({ pixels, width, height }: Pixels, x: number, strip: Strip): void {
  const rows = strip.length / CHANNELS
  for (let y = 0; y < height; y++) {
    const target = (y * width + x) * CHANNELS
    const [top, bottom] = [(y * rows) / height, ((y + 1) * rows) / height]
    for (let c = 0; c < CHANNELS; c++) {
      let sum = 0
      for (let row = Math.floor(top); row < Math.min(bottom, rows); row++) {
        const share = Math.min(row + 1, bottom) - Math.max(row, top)
        sum += (strip[row * CHANNELS + c] ?? 0) * share
      }
      pixels[target + c] = Math.round(sum / (bottom - top))
    }
  }
}
