import { createHash } from 'node:crypto'
import { SenioError } from '@senio/protocol'
import type { BlobStore } from '../../storage/blob-store.ts'
import type { StoredImage } from '../../storage/image-store.ts'
import type { PictureFault } from '../../storage/scrub-store.ts'

/** What the bytes of a picture must be. */
export type ExpectedBytes = Pick<StoredImage, 'sha1' | 'sha256' | 'bytes'>

/** No picture has it: asking for it tells whether a store answers at all. */
const NO_PICTURE = '0'.repeat(40)

/**
 * Reads the whole original and compares length, SHA-1 and SHA-256 with its row.
 *
 * @param use gets each chunk as it is read, when the bytes are wanted besides; what it throws is thrown
 * @returns null when it is sound
 * @throws SenioError `storage-failing`, `overloaded` when no picture can be read: that is no fault of this one
 */
export async function findPictureFault(
  originals: BlobStore,
  image: ExpectedBytes,
  use?: (chunk: Uint8Array) => Promise<void>,
): Promise<PictureFault | null> {
  try {
    return await compare(originals, image, use)
  } catch (error) {
    await assertOfOnePicture(originals, error)
  }
  if (use !== undefined) return 'unreadable'
  try {
    // The store may just have come back.
    return await compare(originals, image)
  } catch (error) {
    await assertOfOnePicture(originals, error)
    return 'unreadable'
  }
}

async function compare(
  originals: BlobStore,
  image: ExpectedBytes,
  use?: (chunk: Uint8Array) => Promise<void>,
): Promise<PictureFault | null> {
  const blob = await originals.open(image.sha1)
  if (blob === null) return 'missing'
  const sha1 = createHash('sha1')
  const sha256 = createHash('sha256')
  let bytes = 0
  for await (const chunk of blob.stream() as AsyncIterable<Uint8Array>) {
    sha1.update(chunk)
    sha256.update(chunk)
    bytes += chunk.length
    await use?.(chunk).catch((error: unknown) => {
      throw new NotOfReading(error)
    })
  }
  const isSound =
    bytes === image.bytes && sha1.digest('hex') === image.sha1 && sha256.digest('hex') === image.sha256
  return isSound ? null : 'damaged'
}

/** Carries what whoever uses the bytes has thrown. */
class NotOfReading extends Error {
  constructor(cause: unknown) {
    super('The bytes could not be used.', { cause })
  }
}

/** Throws what has nothing to do with this picture: somebody else's error, or that of a store that answers nobody. */
async function assertOfOnePicture(originals: BlobStore, error: unknown): Promise<void> {
  if (error instanceof NotOfReading) throw error.cause
  // Too many open files pass, and a defect is ours.
  if (error instanceof SenioError && error.code !== 'storage-failing') throw error
  await originals.has(NO_PICTURE)
}
