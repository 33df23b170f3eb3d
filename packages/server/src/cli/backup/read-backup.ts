import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { SenioError } from '@senio/protocol'
import type { Storage } from '../../storage/storage.ts'
import { allPictures } from '../all-pictures.ts'
import {
  DATABASE_ENTRY,
  type Manifest,
  MANIFEST_ENTRY,
  manifestSchema,
  MAX_MANIFEST_BYTES,
  sha1OfEntry,
} from './format.ts'
import { notABackup } from './not-a-backup.ts'
import { putPicture } from './put-picture.ts'
import { printable, readTar, type TarEntry } from './tar-reader.ts'

/** What a restore needs of the storage that it fills. */
export type RestoredStorage = Pick<Storage, 'images' | 'originals' | 'findFaults'>

export interface RestoreOptions {
  readonly file: string
  /** An empty directory, which becomes the data directory. */
  readonly directory: string
  /** Opens the database that was put into the directory. */
  readonly withStorage: (use: (storage: RestoredStorage) => Promise<void>) => Promise<void>
  /** Refuses with `storage-full` what there is no room for: bytes of a database, and of its pictures. */
  readonly requireRoom: (database: number, pictures: number) => Promise<void>
  readonly signal: AbortSignal
  readonly onProgress: (pictures: number) => void
}

/**
 * Unpacks a backup and verifies all of it: every hash, that nothing is missing, that the database is sound. Nothing is
 * written before it is clear what is in it, that it is what the manifest says, and that there is room for it.
 *
 * @throws SenioError `parameter-invalid` when it is no backup, or not a whole one; `storage-full`
 */
export async function readBackup(options: RestoreOptions): Promise<Manifest> {
  const { file, directory, signal, requireRoom } = options
  const entries = readTar(file)
  try {
    const manifest = await survey(file, signal)
    await requireRoom(manifest.database.bytes, manifest.pictures.bytes)
    const first = await entries.next()
    if (first.done === true) throw notABackup('it is empty')
    const database = await unpackDatabase(first.value, directory)
    if (database !== manifest.database.sha256) throw notABackup('the database is damaged in it')
    await options.withStorage(async (storage) => {
      await unpackPictures(entries, storage, options)
      await verify(manifest, storage)
    })
    return manifest
  } catch (error) {
    throw error instanceof SenioError || signal.aborted ? error : notABackup(reason(error), error)
  } finally {
    await entries.return()
  }
}

/** Holds what there is against the manifest, by the headers alone. */
async function survey(file: string, signal: AbortSignal): Promise<Manifest> {
  let database: number | null = null
  const pictures = { count: 0, bytes: 0, last: '' }
  for await (const entry of readTar(file)) {
    signal.throwIfAborted()
    const { name, bytes } = entry
    if (database === null) {
      if (name !== DATABASE_ENTRY) throw notABackup('it begins otherwise')
      database = bytes
      continue
    }
    if (name === MANIFEST_ENTRY) {
      const manifest = await readManifest(entry)
      if (manifest.database.bytes !== database) throw notABackup('the database is damaged in it')
      const { count, bytes: all } = manifest.pictures
      if (count !== pictures.count)
        throw notABackup(`it holds ${pictures.count} pictures, and its manifest says ${count}`)
      if (all !== pictures.bytes)
        throw notABackup('its pictures are longer or shorter than its manifest says')
      return manifest
    }
    const sha1 = sha1OfEntry(name)
    if (sha1 === null) throw notABackup(`it holds "${printable(name)}"`)
    if (sha1 <= pictures.last) throw notABackup(`the picture ${sha1} is twice in it`)
    pictures.last = sha1
    pictures.count++
    pictures.bytes += bytes
  }
  throw notABackup('its end is missing')
}

/** @returns its SHA-256 in hex */
async function unpackDatabase(entry: TarEntry, directory: string): Promise<string> {
  const hash = createHash('sha256')
  const source = entry.stream()
  source.on('data', (chunk) => hash.update(chunk))
  const target = createWriteStream(join(directory, DATABASE_ENTRY), { flags: 'wx', mode: 0o600, flush: true })
  await pipeline(source, target)
  return hash.digest('hex')
}

async function unpackPictures(
  entries: AsyncIterable<TarEntry>,
  storage: RestoredStorage,
  { signal, onProgress }: RestoreOptions,
): Promise<void> {
  let count = 0
  for await (const entry of entries) {
    signal.throwIfAborted()
    const sha1 = sha1OfEntry(entry.name)
    // The manifest.
    if (sha1 === null) return
    const image = (await storage.images.find([sha1])).get(sha1)
    if (image === undefined) throw notABackup(`its database does not know the picture ${sha1}`)
    if (entry.bytes !== image.bytes || !(await putPicture(storage.originals, image, entry.stream()))) {
      throw notABackup(`the picture ${sha1} is damaged in it`)
    }
    onProgress(++count)
  }
}

async function readManifest(entry: TarEntry): Promise<Manifest> {
  if (entry.bytes > MAX_MANIFEST_BYTES) throw notABackup('its manifest is too large')
  const manifest = manifestSchema.safeParse(JSON.parse(await text(entry.stream())))
  if (manifest.success) return manifest.data
  throw notABackup('its manifest is not one that this version knows')
}

async function verify(manifest: Manifest, storage: RestoredStorage): Promise<void> {
  // Rows that are wrong were so when it was made: they are no reason to have nothing.
  const fault = (await storage.findFaults()).find(({ isOfFile }) => isOfFile)
  if (fault !== undefined) throw notABackup(`its database is damaged: ${fault.detail}`)
  const lost = new Set(manifest.lost)
  for await (const { sha1 } of allPictures(storage.images)) {
    if (!lost.has(sha1) && !(await storage.originals.has(sha1))) {
      throw notABackup(`the picture ${sha1} is missing in it`)
    }
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
