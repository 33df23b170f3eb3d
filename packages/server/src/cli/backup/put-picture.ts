import { createHash } from 'node:crypto'
import type { ExpectedBytes } from '../../domain/integrity/picture-fault.ts'
import type { BlobStore } from '../../storage/blob-store.ts'

/**
 * Writes a picture into a store, durably, if its bytes are what they must be.
 * @param options.replace whether what is there goes, for it is no good
 * @returns whether they were; otherwise nothing was written
 */
export async function putPicture(
  target: BlobStore,
  image: ExpectedBytes,
  source: AsyncIterable<Uint8Array>,
  { replace = false }: { readonly replace?: boolean } = {},
): Promise<boolean> {
  const hashes = { sha1: createHash('sha1'), sha256: createHash('sha256') }
  let bytes = 0
  const draft = await target.create()
  try {
    for await (const chunk of source) {
      hashes.sha1.update(chunk)
      hashes.sha256.update(chunk)
      bytes += chunk.length
      // What follows can only make it worse.
      if (bytes > image.bytes) return false
      await draft.write(chunk)
    }
    const isSound =
      bytes === image.bytes &&
      hashes.sha1.digest('hex') === image.sha1 &&
      hashes.sha256.digest('hex') === image.sha256
    // A store leaves what it has.
    if (isSound && replace) await target.delete(image.sha1)
    if (isSound) await draft.commit(image.sha1)
    return isSound
  } finally {
    await draft.discard()
  }
}
