import type { FormatReader } from './format-reader.ts'

/** RFC 2083 section 3.1. */
export const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const MAX_CHUNK_LENGTH = 2 ** 31 - 1
/** More chunks than any encoder writes; keeps files made of nothing but chunks cheap. */
const MAX_CHUNKS = 200_000
const CHECKSUM_BYTES = 4

/** RFC 2083 section 3.2: chunks of length, type, data and checksum, from IHDR to IEND. */
export const readPng: FormatReader = function* (bytes, onSize) {
  let sized = false
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
    const head = yield* bytes.take(8)
    const length = head.readUInt32BE(0)
    const type = head.toString('latin1', 4)
    if (length > MAX_CHUNK_LENGTH) return false
    if (type === 'IHDR' && length >= 8 && !sized) {
      const size = yield* bytes.take(8)
      sized = true
      onSize(size.readUInt32BE(0), size.readUInt32BE(4))
      yield* bytes.skip(length - 8 + CHECKSUM_BYTES)
    } else {
      yield* bytes.skip(length + CHECKSUM_BYTES)
    }
    if (type === 'IEND') return true
  }
  return false
}
