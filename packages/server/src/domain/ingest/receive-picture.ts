import { createHash } from 'node:crypto'
import { SenioError } from '@senio/protocol'
import type { BlobDraft, BlobStore } from '../../storage/blob-store.ts'
import { createImageProbe, type ProbedImage } from './image-probe/image-probe.ts'

/** A picture that lies in a draft: hashed and probed, not yet visible. */
export interface ReceivedPicture {
  readonly sha1: string
  readonly sha256: string
  readonly bytes: number
  readonly probed: ProbedImage
  readonly draft: BlobDraft
}

export interface PictureLimits {
  readonly maxBytes: number
  /** Width × height. */
  readonly maxPixels: number
}

/**
 * Streams a picture into a draft while hashing and probing it; never holds more than a chunk of it.
 * After an error nothing is left behind; otherwise the caller ends the draft.
 *
 * @throws SenioError `image-empty`, `image-too-large`, `image-dimensions`, `unsupported-image`, or what the
 *   source or the store throws
 */
export async function receivePicture(
  source: AsyncIterable<Uint8Array>,
  originals: BlobStore,
  limits: PictureLimits,
): Promise<ReceivedPicture> {
  const draft = await originals.create()
  try {
    const sha1 = createHash('sha1')
    const sha256 = createHash('sha256')
    const probe = createImageProbe({ maxPixels: limits.maxPixels })
    let bytes = 0
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > limits.maxBytes) throw tooLarge(limits.maxBytes)
      probe.write(chunk)
      sha1.update(chunk)
      sha256.update(chunk)
      await draft.write(chunk)
    }
    return { sha1: sha1.digest('hex'), sha256: sha256.digest('hex'), bytes, probed: probe.end(), draft }
  } catch (error) {
    await draft.discard()
    throw error
  }
}

function tooLarge(maxBytes: number): SenioError {
  return new SenioError(
    'image-too-large',
    `The picture has more than ${maxBytes} bytes. Send a smaller one, or raise max-image-bytes on the server.`,
  )
}
