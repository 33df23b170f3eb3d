/** Of the brightest pictures that much is daylight, too; within the limits of what looks dark and what doesn't. */
const SHARE_OF_BRIGHTEST = 0.4
const DARK = 24
const LIGHT = 60
/** The brightest of all may be a lamp in the lens. */
const BRIGHTEST_SHARE = 0.9

/**
 * Which pictures show daylight, or light as good as it: told by what is seen, since a camera may be in a cellar, or
 * nobody knows where.
 * @param brightness of each picture, 0 to 255; null where it isn't known, which counts as light
 */
export function showsLight(brightness: readonly (number | null)[]): readonly boolean[] {
  const known = brightness.filter((one) => one !== null).sort((a, b) => a - b)
  const brightest = known[Math.floor((known.length - 1) * BRIGHTEST_SHARE)] ?? 0
  const least = Math.min(LIGHT, Math.max(DARK, brightest * SHARE_OF_BRIGHTEST))
  return brightness.map((one) => one === null || one >= least)
}

const CHANNELS = 4

/**
 * How bright the columns of a picture are, 0 to 255; null for those that are transparent.
 * @param data its pixels, row by row, in four channels
 */
export function columnBrightness(data: Uint8ClampedArray, width: number): readonly (number | null)[] {
  const rows = data.length / CHANNELS / width
  return Array.from({ length: width }, (_, x) => {
    let sum = 0
    for (let y = 0; y < rows; y++) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray((y * width + x) * CHANNELS)
      if (alpha === 0) return null
      sum += 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    return sum / rows
  })
}
