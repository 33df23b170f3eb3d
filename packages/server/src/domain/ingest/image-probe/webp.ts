import type { FormatReader } from './format-reader.ts'

/** RFC 9649 section 2.4: RIFF, the length of what follows, WEBP. */
export const WEBP_MAGIC = { riff: Buffer.from('RIFF'), webp: Buffer.from('WEBP') }

const FORM_TYPE_BYTES = 4
const CHUNK_HEAD_BYTES = 8
const FRAME_HEAD_BYTES = 10
const VP8_START_CODE = 0x2a019d
const VP8L_SIGNATURE = 0x2f

/**
 * RFC 9649 section 2: the first chunk tells the size. The picture is whole when there are as many bytes as the
 * container says.
 */
export const readWebp = (riffLength: number): FormatReader =>
  function* (bytes, onSize) {
    const needed = FORM_TYPE_BYTES + CHUNK_HEAD_BYTES + FRAME_HEAD_BYTES
    if (riffLength < needed) return false
    const type = (yield* bytes.take(CHUNK_HEAD_BYTES)).toString('latin1', 0, 4)
    const frame = yield* bytes.take(FRAME_HEAD_BYTES)
    const size = frameSize(type, frame)
    if (size === null) return false
    onSize(size.width, size.height)
    yield* bytes.skip(riffLength - needed)
    return true
  }

function frameSize(type: string, frame: Buffer): { width: number; height: number } | null {
  // A key frame of RFC 6386 section 9.1: 14 bits each, below 2 bits of scaling.
  if (type === 'VP8 ' && frame.readUIntLE(3, 3) === VP8_START_CODE) {
    return { width: frame.readUInt16LE(6) & 0x3fff, height: frame.readUInt16LE(8) & 0x3fff }
  }
  // RFC 9649 section 3.4: 14 bits each, less one.
  if (type === 'VP8L' && frame.readUInt8(0) === VP8L_SIGNATURE) {
    const bits = frame.readUInt32LE(1)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  // RFC 9649 section 2.7: the canvas, 24 bits each, less one.
  if (type === 'VP8X') return { width: frame.readUIntLE(4, 3) + 1, height: frame.readUIntLE(7, 3) + 1 }
  return null
}
