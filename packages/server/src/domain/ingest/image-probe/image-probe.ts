import { type ImageMediaType, SenioError } from '@senio/protocol'
import { ByteCursor, type Reading } from './byte-cursor.ts'
import { JPEG_MAGIC, readJpeg } from './jpeg.ts'
import { PNG_MAGIC, readPng } from './png.ts'
import { readWebp, WEBP_MAGIC } from './webp.ts'

/** What the bytes of a picture say without decoding it. */
export interface ProbedImage {
  readonly mediaType: ImageMediaType
  /** Pixels as stored, before EXIF rotation; null when the picture ends, or is damaged, before they are told. */
  readonly width: number | null
  readonly height: number | null
  /** Whether the format's end is there. What comes behind it doesn't matter. */
  readonly complete: boolean
}

/** Looks at a picture while it passes by. Nothing may be called after an error or `end`. */
export interface ImageProbe {
  /**
   * The next bytes, in chunks of any size.
   * @throws SenioError `unsupported-image` as soon as they can't be JPEG, PNG or WebP; `image-dimensions` as
   *   soon as the picture claims no pixels or more than allowed
   */
  write(chunk: Uint8Array): void
  /** @throws SenioError `image-empty` without any bytes; `unsupported-image` with too few to tell */
  end(): ProbedImage
}

export interface ImageProbeOptions {
  /** Greatest width × height. */
  readonly maxPixels?: number
}

const DEFAULT_MAX_PIXELS = 50_000_000

/** A probe for one picture. It takes time linear in the bytes, and no memory. */
export function createImageProbe({ maxPixels = DEFAULT_MAX_PIXELS }: ImageProbeOptions = {}): ImageProbe {
  const cursor = new ByteCursor()
  const facts: Facts = { mediaType: null, width: null, height: null }
  const reading = readPicture(cursor, facts, maxPixels)
  let bytes = 0
  let complete: boolean | undefined
  reading.next()
  return {
    write(chunk) {
      bytes += chunk.length
      if (complete !== undefined || chunk.length === 0) return
      cursor.feed(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
      const step = reading.next()
      if (step.done === true) complete = step.value
    },
    end() {
      if (bytes === 0) {
        throw new SenioError(
          'image-empty',
          'The image has 0 bytes. The camera or the upload probably failed.',
        )
      }
      const { mediaType, width, height } = facts
      if (mediaType === null) throw unsupported()
      return { mediaType, width, height, complete: complete === true }
    },
  }
}

interface Facts {
  mediaType: ImageMediaType | null
  width: number | null
  height: number | null
}

/** Tells the format by its first bytes, then leaves it to its reader. */
function* readPicture(bytes: ByteCursor, facts: Facts, maxPixels: number): Reading<boolean> {
  const onSize = (width: number, height: number): void => {
    checkPixels(width, height, maxPixels)
    facts.width = width
    facts.height = height
  }
  const first = (yield* bytes.take(1)).readUInt8()
  switch (first) {
    case JPEG_MAGIC[0]:
      yield* expectRest(bytes, JPEG_MAGIC)
      facts.mediaType = 'image/jpeg'
      return yield* readJpeg(bytes, onSize)
    case PNG_MAGIC[0]:
      yield* expectRest(bytes, PNG_MAGIC)
      facts.mediaType = 'image/png'
      return yield* readPng(bytes, onSize)
    case WEBP_MAGIC.riff[0]: {
      yield* expectRest(bytes, WEBP_MAGIC.riff)
      const length = (yield* bytes.take(4)).readUInt32LE()
      if (!(yield* bytes.take(4)).equals(WEBP_MAGIC.webp)) throw unsupported()
      facts.mediaType = 'image/webp'
      return yield* readWebp(length)(bytes, onSize)
    }
    default:
      throw unsupported()
  }
}

function* expectRest(bytes: ByteCursor, magic: Buffer): Reading<void> {
  for (const expected of magic.subarray(1)) {
    if ((yield* bytes.take(1)).readUInt8() !== expected) throw unsupported()
  }
}

function unsupported(): SenioError {
  return new SenioError(
    'unsupported-image',
    'The bytes are not a JPEG, PNG or WebP picture, whatever their name or declared type says.',
  )
}

function checkPixels(width: number, height: number, maxPixels: number): void {
  const pixels = width * height
  if (pixels > 0 && pixels <= maxPixels) return
  throw new SenioError(
    'image-dimensions',
    `The picture says that it has ${width} × ${height} pixels. It needs at least one, and at most ${maxPixels / 1e6} megapixels in all.`,
  )
}
