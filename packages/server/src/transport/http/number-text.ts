/** Bytes that a number takes at most: `-1.2345678901234567e-308`. */
export const MAX_NUMBER_BYTES = 24

const ZERO = 0x30
const MINUS = 0x2d
const POINT = 0x2e

/** Decimals with at most this many digits have a double of their own, so the first that fits is the shortest. */
const EXACT = 1e15
const SEVEN_DIGITS = 1e7
/** Decimal places that are tried before the engine's own way, which is right for all numbers, and slower. */
const PLACES = 3

/**
 * Writes a finite number as `JSON.stringify` does, in ASCII. Most of what is measured is whole or has few decimal
 * places, which takes a fraction of the time that a double in general does.
 *
 * @param bytes with room for `MAX_NUMBER_BYTES` from `at`
 * @returns the place behind it
 */
export function writeNumber(bytes: Uint8Array, at: number, number: number): number {
  const size = Math.abs(number)
  if (size >= EXACT) return writeAny(bytes, at, number)
  let scale = 1
  for (let places = 0; places <= PLACES; places++) {
    const scaled = Math.round(size * scale)
    if (scaled / scale === size && scaled < EXACT) return writeDecimal(bytes, at, scaled, places, number < 0)
    scale *= 10
  }
  return writeAny(bytes, at, number)
}

/** `scaled` without its point has `places` digits behind it, the last of which isn't zero. */
function writeDecimal(
  bytes: Uint8Array,
  start: number,
  scaled: number,
  places: number,
  isNegative: boolean,
): number {
  if (isNegative) bytes[start] = MINUS
  const first = isNegative ? start + 1 : start
  if (scaled < SEVEN_DIGITS) {
    const end = first + Math.max(digitsOf(scaled | 0), places + 1) + (places > 0 ? 1 : 0)
    writeBackwards(bytes, first, end, scaled | 0, places > 0 ? end - 1 - places : end)
    return end
  }
  const high = Math.floor(scaled / SEVEN_DIGITS)
  const middle = first + digitsOf(high | 0)
  const end = middle + (places > 0 ? 8 : 7)
  writeBackwards(bytes, first, middle, high | 0, middle)
  writeBackwards(bytes, middle, end, (scaled - high * SEVEN_DIGITS) | 0, places > 0 ? end - 1 - places : end)
  return end
}

/** Fills `[start, end)` with the digits of a whole number, zeros before them, and a point at its place, if it's in there. */
function writeBackwards(bytes: Uint8Array, start: number, end: number, whole: number, point: number): void {
  let rest = whole
  for (let place = end - 1; place >= start; place--) {
    if (place === point) {
      bytes[place] = POINT
      continue
    }
    const next = (rest / 10) | 0
    bytes[place] = ZERO + rest - next * 10
    rest = next
  }
}

function digitsOf(whole: number): number {
  let digits = 1
  for (let power = 10; power <= whole; power *= 10) digits++
  return digits
}

function writeAny(bytes: Uint8Array, at: number, number: number): number {
  const text = String(number)
  for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index)
  return at + text.length
}
