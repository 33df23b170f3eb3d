import type { FormatReader } from './format-reader.ts'

/** Start of image, and the first byte of the marker that follows. */
export const JPEG_MAGIC = Buffer.from([0xff, 0xd8, 0xff])

const PREFIX = 0xff
const END_OF_IMAGE = 0xd9
/** More segments than any camera writes; keeps files made of nothing but segments cheap. */
const MAX_SEGMENTS = 10_000
/** How far to look byte by byte before a native search, which costs more where prefixes are dense. */
const NEAR = 16

/** ITU-T T.81 annex B: markers, most with a segment, and entropy-coded data behind start-of-scan segments. */
export const readJpeg: FormatReader = function* (bytes, onSize) {
  const finder = new MarkerFinder()
  let sized = false
  for (let segments = 0; segments < MAX_SEGMENTS; segments++) {
    const marker = yield* bytes.scan(finder.find)
    if (marker === END_OF_IMAGE) return true
    const length = (yield* bytes.take(2)).readUInt16BE()
    // The length counts itself. Less is damage; decoders then look for the next marker, too.
    if (length < 2) continue
    if (isStartOfFrame(marker) && length >= 7 && !sized) {
      const frame = yield* bytes.take(5)
      sized = true
      onSize(frame.readUInt16BE(3), frame.readUInt16BE(1))
      yield* bytes.skip(length - 7)
    } else {
      yield* bytes.skip(length - 2)
    }
  }
  return false
}

/** C0 to CF without DHT (C4), JPG (C8) and DAC (CC). */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** Stuffed bytes (00), TEM (01), restarts (D0 to D7) and a repeated start of image (D8): nothing follows them. */
function standsAlone(code: number): boolean {
  return code <= 0x01 || (code >= 0xd0 && code <= 0xd8)
}

/** Finds the next marker that has a segment or ends the picture, over entropy-coded data and stray bytes. */
class MarkerFinder {
  /** Whether the byte before was a prefix: the magic bytes end with one. */
  #prefixed = true

  /** See `ByteCursor.scan`: gives the index behind the marker's code. */
  readonly find = (chunk: Buffer, from: number): number => {
    let at = from
    while (at < chunk.length) {
      if (this.#prefixed) {
        const code = chunk[at++] ?? 0
        if (code === PREFIX) continue
        this.#prefixed = false
        if (!standsAlone(code)) return at
      } else {
        at = prefixFrom(chunk, at)
        this.#prefixed = at < chunk.length
        at++
      }
    }
    return -1
  }
}

/** The index of the next prefix, the chunk's length without one. */
function prefixFrom(chunk: Buffer, from: number): number {
  const near = Math.min(from + NEAR, chunk.length)
  for (let at = from; at < near; at++) if (chunk[at] === PREFIX) return at
  const found = chunk.indexOf(PREFIX, near)
  return found === -1 ? chunk.length : found
}
