import type { BlobStore } from '../../storage/blob-store.ts'
import type { ImageStore } from '../../storage/image-store.ts'

/** As many can hardly all have been lost by chance. */
const ASKED_FOR = 5

/**
 * Whether the place of the pictures has none of those that the database knows: then it is not the place that they were
 * put into, for example a directory of this node where the others have theirs, or another bucket.
 *
 * @throws SenioError `storage-failing`
 */
export async function isStrangePlace(
  images: Pick<ImageStore, 'list'>,
  originals: Pick<BlobStore, 'has'>,
): Promise<boolean> {
  const known = await images.list(null, ASKED_FOR)
  const found = await Promise.all(known.map(({ sha1 }) => originals.has(sha1)))
  return known.length > 0 && !found.includes(true)
}
