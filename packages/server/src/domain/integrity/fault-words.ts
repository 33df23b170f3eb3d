import type { StoredImage } from '../../storage/image-store.ts'
import type { PictureFault } from '../../storage/scrub-store.ts'

/** What is wrong with a picture, as a sentence. */
export function faultSentence({ sha1 }: Pick<StoredImage, 'sha1'>, fault: PictureFault): string {
  const sentences = {
    missing: `The original of the picture ${sha1} is missing from the storage.`,
    damaged: `The stored bytes of the picture ${sha1} are not the ones that were published.`,
    unreadable: `The original of the picture ${sha1} can't be read, while others can: look after the disk.`,
  } satisfies Record<PictureFault, string>
  return sentences[fault]
}
