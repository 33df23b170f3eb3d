import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPictureFolder } from '../../open-blobs.ts'
import { allPictures } from '../all-pictures.ts'
import {
  DATABASE_ENTRY,
  type FolderManifest,
  folderManifestSchema,
  MANIFEST_ENTRY,
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
  const { file: folder, directory, withStorage, signal, onProgress } = options
  const manifest = await readFolderManifest(folder)
  const { database } = manifest
  if (database === null) throw notABackup('it holds pictures only; add --pictures-only')
  const target = createWriteStream(join(directory, DATABASE_ENTRY), { flags: 'wx', mode: 0o600, flush: true })
  const hash = createHash('sha256')
  const source = createReadStream(join(folder, database.file))
  source.on('data', (chunk) => hash.update(chunk))
  await pipeline(source, target).catch((error: unknown) => {
    throw notABackup(`its database can't be read`, error)
  })
  if (hash.digest('hex') !== database.sha256) throw notABackup('the database is damaged in it')
  await withStorage(async (storage) => {
    const [fault] = await storage.findFaults()
    if (fault !== undefined) throw notABackup(`its database is damaged: ${fault}`)
    await copyAll(storage, folder, manifest, { signal, onProgress })
  })
  return manifest
}

/** @throws SenioError `parameter-invalid` */
export async function readFolderManifest(folder: string): Promise<FolderManifest> {
  const text = await readFile(join(folder, MANIFEST_ENTRY), 'utf8').catch((error: unknown) => {
    throw notABackup('it has no manifest', error)
  })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw notABackup('its manifest is damaged', error)
  }
  const manifest = folderManifestSchema.safeParse(json)
  if (manifest.success) return manifest.data
  throw notABackup('its manifest is not one that this version knows')
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
