import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SenioError } from '@senio/protocol'
import { findPictureFault } from '../../domain/integrity/picture-fault.ts'
import { openPictureFolder } from '../../open-blobs.ts'
import type { StoredImage } from '../../storage/image-store.ts'
import type { Storage } from '../../storage/storage.ts'
import { allPictures } from '../all-pictures.ts'
import { PICTURES, sha1OfEntry } from './format.ts'
import { putPicture } from './put-picture.ts'
import { readFolderManifest } from './read-folder.ts'
import { readTar, TarFault } from './tar-reader.ts'

export interface PutBackOptions {
  readonly storage: Storage
  /** A backup: a file or a folder. */
  readonly file: string
  readonly signal: AbortSignal
  readonly onProgress: (pictures: number) => void
}

export interface PutBackReport {
  /** How many were missing or damaged. */
  readonly faulty: number
  /** How many of them are as they were published again. */
  readonly mended: number
  /** SHA-1s of those that the backup doesn't have, or not sound. */
  readonly left: readonly string[]
}

/**
 * Replaces missing and damaged pictures of an installation by those of a backup, while it is in use.
 * @throws SenioError `parameter-invalid` for what is no backup, or not a whole one: what it has is put back before
 */
export async function putBack(options: PutBackOptions): Promise<PutBackReport> {
  const { storage, file, signal, onProgress } = options
  const faulty = new Map<string, StoredImage>()
  let looked = 0
  for await (const image of allPictures(storage.images)) {
    signal.throwIfAborted()
    if ((await findPictureFault(storage.originals, image)) !== null) faulty.set(image.sha1, image)
    onProgress(++looked)
  }
  const left = new Set(faulty.keys())
  if (faulty.size > 0) {
    try {
      for await (const { sha1, bytes } of picturesOf(file, faulty)) {
        signal.throwIfAborted()
        const image = faulty.get(sha1)
        if (image !== undefined && (await mend(storage, image, bytes))) left.delete(sha1)
      }
    } catch (error) {
      if (!(error instanceof TarFault)) throw error
      throw new SenioError(
        'parameter-invalid',
        `This is not a whole backup: ${error.message}. ${faulty.size - left.size} pictures were put back from it; take another backup for the other ${left.size}.`,
        { field: 'file', cause: error },
      )
    }
  }
  return { faulty: faulty.size, mended: faulty.size - left.size, left: [...left] }
}

async function mend(
  storage: Storage,
  image: StoredImage,
  bytes: AsyncIterable<Uint8Array>,
): Promise<boolean> {
  if (!(await putPicture(storage.originals, image, bytes, { replace: true }))) return false
  await storage.images.retry({ ...image, width: null, height: null, damaged: false })
  await storage.scrub.removeDamaged([image.sha1])
  return true
}

/** Those of a backup that are wanted. */
async function* picturesOf(
  file: string,
  wanted: ReadonlyMap<string, StoredImage>,
): AsyncGenerator<{ readonly sha1: string; readonly bytes: AsyncIterable<Uint8Array> }> {
  if ((await stat(file)).isDirectory()) {
    await readFolderManifest(file)
    const pictures = await openPictureFolder(join(file, PICTURES))
    for (const sha1 of wanted.keys()) {
      const blob = await pictures.open(sha1)
      if (blob !== null) yield { sha1, bytes: blob.stream() }
    }
    return
  }
  for await (const { name, bytes, stream } of readTar(file)) {
    const sha1 = sha1OfEntry(name)
    if (sha1 !== null && wanted.get(sha1)?.bytes === bytes) yield { sha1, bytes: stream() }
  }
}
