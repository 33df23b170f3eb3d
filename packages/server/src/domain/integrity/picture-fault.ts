import { createHash } from 'node:crypto'
import type { BlobStore } from '../../storage/blob-store.ts'
import type { StoredImage } from '../../storage/image-store.ts'
import type { PictureFault } from '../../storage/scrub-store.ts'

/** What the bytes of a picture must be. */
export type ExpectedBytes = Pick<StoredImage, 'sha1' | 'sha256' | 'bytes'>

/**
 * Reads the whole original and compares length, SHA-1 and SHA-256 with its row.
 * @param use gets each chunk as it is read, when the bytes are wanted besides
 * @returns null when it is sound
 */
export async function findPictureFault(
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
    await use?.(chunk)
  }
  const isSound =
    bytes === image.bytes && sha1.digest('hex') === image.sha1 && sha256.digest('hex') === image.sha256
  return isSound ? null : 'damaged'
}
