import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { SenioError, type TimestampMs } from '@senio/protocol'
import type { BlobStore } from '../../storage/blob-store.ts'
import type { ImageStore, StoredImage } from '../../storage/image-store.ts'
import type { Storage } from '../../storage/storage.ts'
import { allPictures } from '../all-pictures.ts'
import { faultSentence } from '../../domain/integrity/fault-words.ts'
import { findPictureFault } from '../../domain/integrity/picture-fault.ts'
import { whileCollectorsRest } from '../../domain/pictures/collectors-rest.ts'
import { DATABASE_ENTRY, type Manifest, MANIFEST_ENTRY, pictureEntry } from './format.ts'
import { syncDirectory } from './sync-directory.ts'
import { TarWriter } from './tar-writer.ts'

export interface BackupOptions {
  readonly storage: Storage
  /** Opens a copy of the database in a directory of its own and gives its pictures. */
  readonly withCopy: (directory: string, use: (images: ImageStore) => Promise<void>) => Promise<void>
  readonly file: string
  readonly now: TimestampMs
  readonly signal: AbortSignal
  readonly onProgress: (pictures: number) => void
}

/**
 * Writes a backup of the state of now, while it is in use: under another name, synced, then renamed, so that a
 * file of that name is always whole. Meanwhile no node removes pictures.
 *
 * @throws SenioError `overloaded`
 */
export function writeBackup(options: BackupOptions): Promise<Manifest> {
  return whileCollectorsRest(options.storage.tasks, () => writeAll(options))
}

async function writeAll(options: BackupOptions): Promise<Manifest> {
  const { file, storage, now } = options
  const workspace = await makeWorkspace(file)
  try {
    const partial = join(workspace, 'backup.tar')
    const copy = join(workspace, 'copy')
    const database = join(copy, DATABASE_ENTRY)
    await mkdir(copy)
    await storage.backupTo(database)
    const tar = new TarWriter(partial, new Date(now))
    try {
      const manifest = await addEntries(tar, database, options, copy)
      await tar.finish()
      await rename(partial, file)
      await syncDirectory(dirname(file))
      return manifest
    } catch (error) {
      await tar.abandon()
      throw error
    }
  } finally {
    await rm(workspace, { recursive: true, force: true })
  }
}

/** Why nothing can be written beside a file, by Node's code, as the end of a sentence. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such directory. Make it first, or choose another',
  ENOTDIR: 'that is no directory. Choose another',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk can only be read',
}

/** Beside the file: so that it can be renamed. */
async function makeWorkspace(file: string): Promise<string> {
  try {
    return await mkdtemp(join(dirname(file), `.${basename(file)}-`))
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? REASONS[String(cause.code)] : undefined
    if (reason === undefined) throw cause
    const detail = `The backup can't be written into ${dirname(file)}: ${reason}.`
    throw new SenioError('parameter-invalid', detail, { field: 'file', cause })
  }
}

async function addEntries(
  tar: TarWriter,
  database: string,
  options: BackupOptions,
  copy: string,
): Promise<Manifest> {
  const { storage, withCopy, now, signal, onProgress } = options
  const { size } = await stat(database)
  const sha256 = await addFile(tar, database, size)
  const pictures = { count: 0, bytes: 0 }
  const lost: string[] = []
  // The copy says which pictures belong to it: the live database has gone on in the meantime.
  await withCopy(copy, async (images) => {
    for await (const image of allPictures(images)) {
      signal.throwIfAborted()
      if (await addPicture(tar, storage.originals, image)) {
        pictures.count++
        pictures.bytes += image.bytes
      } else lost.push(image.sha1)
      onProgress(pictures.count + lost.length)
    }
  })
  const manifest: Manifest = {
    format: 'senio-backup',
    version: 1,
    created: now,
    database: { bytes: size, sha256 },
    pictures,
    lost,
  }
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
  await tar.add(MANIFEST_ENTRY, text.length, (write) => write(text))
  return manifest
}

/** @returns its SHA-256 in hex */
async function addFile(tar: TarWriter, path: string, size: number): Promise<string> {
  const hash = createHash('sha256')
  await tar.add(DATABASE_ENTRY, size, async (write) => {
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      hash.update(chunk)
      await write(chunk)
    }
  })
  return hash.digest('hex')
}

/**
 * Read twice: an entry that has begun can't be taken back, so only what is sound begins one.
 * @returns false for one that is missing, damaged or unreadable
 */
async function addPicture(tar: TarWriter, originals: BlobStore, image: StoredImage): Promise<boolean> {
  if ((await findPictureFault(originals, image)) !== null) return false
  await tar.add(pictureEntry(image.sha1), image.bytes, async (write) => {
    const fault = await findPictureFault(originals, image, write)
    if (fault !== null)
      throw new SenioError('storage-failing', `${faultSentence(image, fault)} It was sound a moment ago.`)
  })
  return true
}
