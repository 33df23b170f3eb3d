/** Pixels as canvases give them: red, green, blue and alpha of each, in a row. */
export type Pixels = Uint8ClampedArray

/** Differences are small: they are shown this much stronger. */
const GAIN = 3
/** Below this, it is the noise of cameras and of compression. */
const NOISE = 24

/**
 * Shows by how much the pixels of two pictures of the same size differ: black where they are the same.
 * @param into as long as the others; is written to
 * @returns the share of pixels that differ by more than noise, 0 to 1
 */
export function difference(before: Pixels, after: Pixels, into: Pixels): number {
  let changed = 0
  for (let i = 0; i < into.length; i += 4) {
    let largest = 0
    for (let channel = i; channel < i + 3; channel++) {
      const by = Math.abs((after[channel] ?? 0) - (before[channel] ?? 0))
      largest = Math.max(largest, by)
      into[channel] = by * GAIN
    }
    into[i + 3] = 255
    if (largest > NOISE) changed++
  }
  return into.length === 0 ? 0 : changed / (into.length / 4)
}
