import { createHash } from 'node:crypto'
import { SenioError } from '@senio/protocol'
import type { BlobStore } from '../../storage/blob-store.ts'
import type { ImageStore, StoredImage } from '../../storage/image-store.ts'
import type { Storage } from '../../storage/storage.ts'
import { allPictures } from '../all-pictures.ts'
import { findPictureFault } from '../../domain/integrity/picture-fault.ts'
import { canonical } from './copy-tables.ts'
import { type CopyState, saveState } from './state.ts'

/** Pictures after which the state is saved. */
const PAGE = 200

/** Pictures on their way at once: a bucket takes its time for each. */
const AT_ONCE = 8

export interface CopyPicturesOptions {
  readonly from: Storage
  readonly to: Storage
  readonly signal: AbortSignal
  /** Told of each picture that is in the target, ascending by hash but for those under way at the same time. */
  readonly onPicture: (sha1: string, copied: { readonly pictures: number; readonly bytes: number }) => void
}

/**
 * Copies the bytes of every picture, reads them back from the target and compares their hashes, and then adds what is
 * known about them. What is missing or damaged in the source is noted, and its row copied all the same.
 */
export async function copyPictures(state: CopyState, options: CopyPicturesOptions): Promise<CopyState> {
  const { from, to, signal, onPicture } = options
  let now = state
  for (;;) {
    const page = await from.images.list(now.picture, PAGE)
    const last = page.at(-1)
    if (last === undefined) break
    const lost: string[] = []
    const queue = page.values()
    let { pictures, pictureBytes } = now
    const copyNext = async (): Promise<void> => {
      for (const image of queue) {
        signal.throwIfAborted()
        if (!(await copyPicture(from.originals, to.originals, image))) lost.push(image.sha1)
        pictures++
        pictureBytes += image.bytes
        onPicture(image.sha1, { pictures, bytes: pictureBytes })
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, copyNext))
    await addRows(to, page)
    now = {
      ...now,
      picture: last.sha1,
      pictures,
      pictureBytes,
      lost: [...now.lost, ...lost],
    }
    await saveState(to, now)
  }
  return now
}

/** @throws SenioError `storage-failing` when what is known about pictures isn't the same in both */
export async function comparePictures(from: ImageStore, to: ImageStore): Promise<void> {
  const [there, here] = await Promise.all([digestOf(from), digestOf(to)])
  if (there === here) return
  throw new SenioError(
    'storage-failing',
    "The pictures have changed in the source during the copy. Stop the source's servers, and copy into an empty target.",
  )
}

/** @returns false when the source has lost it */
async function copyPicture(from: BlobStore, to: BlobStore, image: StoredImage): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const draft = await to.create()
    try {
      if ((await findPictureFault(from, image, (chunk) => draft.write(chunk))) !== null) return false
      await draft.commit(image.sha1)
    } finally {
      await draft.discard()
    }
    if ((await findPictureFault(to, image)) === null) return true
    if (attempt === 2) {
      throw new SenioError('storage-failing', `The target doesn't keep the picture ${image.sha1} as it is.`)
    }
    // It was there before, damaged.
    await to.delete(image.sha1)
  }
}

async function addRows({ measurements, images }: Storage, page: readonly StoredImage[]): Promise<void> {
  await measurements.append([], page)
  await Promise.all(
    page.map(async ({ sha1, width, height, damaged, state }) => {
      if (state !== 'pending') await images.finish(sha1, { width, height, damaged, state })
    }),
  )
}

async function digestOf(images: ImageStore): Promise<string> {
  const hash = createHash('sha256')
  for await (const image of allPictures(images)) hash.update(canonical(image))
  return hash.digest('hex')
}
