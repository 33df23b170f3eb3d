import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { lstat, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { SenioError } from '@senio/protocol'
import { openPictureFolder } from '../../open-blobs.ts'
import { allPictures } from '../all-pictures.ts'
import {
  DATABASE_ENTRY,
  type FolderManifest,
  folderManifestSchema,
  MANIFEST_ENTRY,
  MAX_MANIFEST_BYTES,
  PICTURES,
} from './format.ts'
import { notABackup } from './not-a-backup.ts'
import { putPicture } from './put-picture.ts'
import type { RestoredStorage, RestoreOptions } from './read-backup.ts'

/**
 * Copies a folder that `writeFolder` wrote, and verifies all of it.
 * @throws SenioError `parameter-invalid` when it is no backup, or not a whole one
 */
export async function readFolder(options: RestoreOptions): Promise<FolderManifest> {
  const { file: folder, directory, withStorage, requireRoom, signal, onProgress } = options
  const manifest = await readFolderManifest(folder)
  const { database, pictures } = manifest
  if (database === null) throw notABackup('it holds pictures only; add --pictures-only')
  await requireRoom(database.bytes, pictures.bytes)
  const sha256 = await copyDatabase(
    join(folder, database.file),
    database.bytes,
    join(directory, DATABASE_ENTRY),
  )
  if (sha256 !== database.sha256) throw notABackup('the database is damaged in it')
  await withStorage(async (storage) => {
    // Rows that are wrong were so when it was made: they are no reason to have nothing.
    const fault = (await storage.findFaults()).find(({ isOfFile }) => isOfFile)
    if (fault !== undefined) throw notABackup(`its database is damaged: ${fault.detail}`)
    await copyAll(storage, folder, manifest, { signal, onProgress })
  })
  return manifest
}

/** @throws SenioError `parameter-invalid` */
export async function readFolderManifest(folder: string): Promise<FolderManifest> {
  const file = join(folder, MANIFEST_ENTRY)
  let content: unknown
  try {
    if ((await sizeOf(file)) > MAX_MANIFEST_BYTES) throw notABackup('its manifest is too large')
    content = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw error instanceof SenioError ? error : notABackup('it has no manifest that can be read', error)
  }
  const manifest = folderManifestSchema.safeParse(content)
  if (manifest.success) return manifest.data
  throw notABackup('its manifest is not one that this version knows')
}

/** @returns its SHA-256 in hex */
async function copyDatabase(from: string, bytes: number, to: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    if ((await sizeOf(from)) !== bytes) throw notABackup('the database is damaged in it')
    const source = createReadStream(from)
    source.on('data', (chunk) => hash.update(chunk))
    await pipeline(source, createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true }))
  } catch (error) {
    throw error instanceof SenioError ? error : notABackup("its database can't be read", error)
  }
  return hash.digest('hex')
}

/** Of a file; anything else, a link or a device, is refused: it may have no end. */
async function sizeOf(file: string): Promise<number> {
  const facts = await lstat(file)
  if (!facts.isFile()) throw notABackup(`its ${basename(file)} is no file`)
  return facts.size
}

async function copyAll(
  storage: RestoredStorage,
  folder: string,
  { lost }: FolderManifest,
  { signal, onProgress }: Pick<RestoreOptions, 'signal' | 'onProgress'>,
): Promise<void> {
  const pictures = await openPictureFolder(join(folder, PICTURES))
  const isLost = new Set(lost)
  let count = 0
  for await (const image of allPictures(storage.images)) {
    signal.throwIfAborted()
    if (isLost.has(image.sha1)) continue
    const blob = await pictures.open(image.sha1)
    if (blob === null) throw notABackup(`the picture ${image.sha1} is missing in it`)
    if (!(await putPicture(storage.originals, image, blob.stream())))
      throw notABackup(`the picture ${image.sha1} is damaged in it`)
    onProgress(++count)
  }
}
