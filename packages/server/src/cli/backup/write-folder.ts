import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { TimestampMs } from '@senio/protocol'
import { whileCollectorsRest } from '../../domain/pictures/collectors-rest.ts'
import { findPictureFault } from '../../domain/integrity/picture-fault.ts'
import { makeDirectory } from '../../make-directory.ts'
import { openPictureFolder } from '../../open-blobs.ts'
import type { BlobStore } from '../../storage/blob-store.ts'
import type { ImageStore, StoredImage } from '../../storage/image-store.ts'
import type { Storage } from '../../storage/storage.ts'
import { allPictures } from '../all-pictures.ts'
import {
  DATABASE_ENTRY,
  type FolderManifest,
  isDatabaseOfFolder,
  MANIFEST_ENTRY,
  PICTURES,
} from './format.ts'
import { readFolderManifest } from './read-folder.ts'
import { syncDirectory } from './sync-directory.ts'

export interface FolderBackupOptions {
  readonly storage: Storage
  /** Opens a copy of the database in a directory of its own and gives its pictures. */
  readonly withCopy: (directory: string, use: (images: ImageStore) => Promise<void>) => Promise<void>
  /** Made when it isn't there. One that holds a backup already is brought up to date. */
  readonly folder: string
  /** Whether the database is backed up by tools of its own. */
  readonly picturesOnly: boolean
  /** Whether all pictures that it has are read and compared, and not a share of them. */
  readonly verify: boolean
  readonly now: TimestampMs
  readonly signal: AbortSignal
  readonly onProgress: (pictures: number) => void
}

/** What was done to the pictures in the backup. */
export interface FolderBackup {
  readonly manifest: FolderManifest
  /** How many were new. */
  readonly copied: number
  /** How many that were there already were read and compared with their hashes. */
  readonly verified: number
  /** How many that were there already were damaged, and copied again. */
  readonly replaced: number
}

/**
 * Brings a folder up to the state of now, while it is in use: pictures that it has are not copied again, and a share of
 * them is verified, so that all are in some runs. Until all is
 * in place the state before can be restored: the manifest says which database counts, and comes last. Meanwhile no node
 * removes pictures of the installation.
 *
 * @throws SenioError `overloaded`
 */
export function writeFolder(options: FolderBackupOptions): Promise<FolderBackup> {
  return whileCollectorsRest(options.storage.tasks, () => writeAll(options))
}

async function writeAll(options: FolderBackupOptions): Promise<FolderBackup> {
  const { folder, storage, withCopy, picturesOnly, now } = options
  await makeDirectory(folder, { field: 'folder' })
  const target = await openPictureFolder(join(folder, PICTURES))
  const workspace = await mkdtemp(join(folder, '.backup-'))
  try {
    let found: Copied
    let database: FolderManifest['database'] = null
    const before = await readFolderManifest(folder).catch(() => null)
    const share = nextShare(before)
    const isToVerify = (sha1: string): boolean => options.verify || shareOf(sha1) === share
    if (picturesOnly) found = await copyPictures(storage.images, target, isToVerify, options)
    else {
      const copy = join(workspace, 'copy')
      await mkdir(copy)
      const file = join(copy, DATABASE_ENTRY)
      await storage.backupTo(file)
      found = nothing()
      await withCopy(copy, async (images) => {
        found = await copyPictures(images, target, isToVerify, options)
      })
      // Closed again, it is one file; opening it may have changed it.
      await syncFile(file)
      const sha256 = await sha256Of(file)
      const { size } = await stat(file)
      const name = `senio-${sha256.slice(0, 16)}.db`
      await rename(file, join(folder, name))
      database = { file: name, bytes: size, sha256 }
    }
    const manifest: FolderManifest = {
      format: 'senio-backup-folder',
      version: 1,
      created: now,
      database,
      pictures: { count: found.count, bytes: found.bytes },
      lost: found.lost,
      verifiedShare: share,
    }
    await writeManifest(folder, workspace, manifest)
    await removeOld(folder, target, manifest, found.kept)
    const { copied, verified, replaced } = found
    return { manifest, copied, verified, replaced }
  } finally {
    await rm(workspace, { recursive: true, force: true })
  }
}

interface Copied {
  count: number
  bytes: number
  copied: number
  verified: number
  replaced: number
  readonly lost: string[]
  readonly kept: Set<string>
}

function nothing(): Copied {
  return { count: 0, bytes: 0, copied: 0, verified: 0, replaced: 0, lost: [], kept: new Set() }
}

async function copyPictures(
  images: ImageStore,
  target: BlobStore,
  isToVerify: (sha1: string) => boolean,
  { storage, signal, onProgress }: FolderBackupOptions,
): Promise<Copied> {
  const found = nothing()
  for await (const image of allPictures(images)) {
    signal.throwIfAborted()
    const isThere = (await target.open(image.sha1))?.bytes === image.bytes
    const isVerified = isThere && isToVerify(image.sha1)
    if (isVerified) found.verified++
    const isGood = isThere && (!isVerified || (await findPictureFault(target, image)) === null)
    if (isGood || (await copyPicture(storage.originals, target, image))) {
      found.kept.add(image.sha1)
      found.count++
      found.bytes += image.bytes
      if (!isThere) found.copied++
      else if (!isGood) found.replaced++
    } else found.lost.push(image.sha1)
    onProgress(found.count + found.lost.length)
  }
  return found
}

/** What the folder has, good or bad, stays until there is better. @returns whether there was */
async function copyPicture(originals: BlobStore, target: BlobStore, image: StoredImage): Promise<boolean> {
  const draft = await target.create()
  try {
    if ((await findPictureFault(originals, image, (chunk) => draft.write(chunk))) !== null) return false
    // A store leaves what it has.
    await target.delete(image.sha1)
    await draft.commit(image.sha1)
    return true
  } finally {
    await draft.discard()
  }
}

/** Runs in which all pictures are verified once: a month of nights. */
const SHARES = 30

/** The next after that of the backup before, so that each gets its turn. */
function nextShare(before: FolderManifest | null): number {
  return ((before?.verifiedShare ?? -1) + 1) % SHARES
}

/** Hashes are spread evenly. */
function shareOf(sha1: string): number {
  return Number.parseInt(sha1.slice(0, 8), 16) % SHARES
}

async function writeManifest(folder: string, workspace: string, manifest: FolderManifest): Promise<void> {
  const partial = join(workspace, MANIFEST_ENTRY)
  const handle = await open(partial, 'wx', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  // The database is in its place before anything says so.
  await syncDirectory(folder)
  await rename(partial, join(folder, MANIFEST_ENTRY))
  await syncDirectory(folder)
}

/** What the backup of before had and this one hasn't. */
async function removeOld(
  folder: string,
  target: BlobStore,
  { database, lost }: FolderManifest,
  kept: ReadonlySet<string>,
): Promise<void> {
  for (const name of await readdir(folder)) {
    if (isDatabaseOfFolder(name) && name !== database?.file) await rm(join(folder, name))
  }
  const isLost = new Set(lost)
  for await (const { ref } of target.list()) if (!kept.has(ref) && !isLost.has(ref)) await target.delete(ref)
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) hash.update(chunk)
  return hash.digest('hex')
}
