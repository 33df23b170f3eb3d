import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { SenioError } from '@senio/protocol'
import type { Storage } from '../../storage/storage.ts'
import { allPictures } from '../all-pictures.ts'
import { DATABASE_ENTRY, type Manifest, MANIFEST_ENTRY, manifestSchema, sha1OfEntry } from './format.ts'
import { notABackup } from './not-a-backup.ts'
import { putPicture } from './put-picture.ts'
import { type TarEntry, tarEntries } from './tar-entries.ts'

/** Largest manifest that is read: it grows with the number of lost pictures only. */
const MAX_MANIFEST_BYTES = 64 * 1024 * 1024

/** What a restore needs of the storage that it fills. */
export type RestoredStorage = Pick<Storage, 'images' | 'originals' | 'findFaults'>

export interface RestoreOptions {
  readonly file: string
  /** An empty directory, which becomes the data directory. */
  readonly directory: string
  /** Opens the database that was put into the directory. */
  readonly withStorage: (use: (storage: RestoredStorage) => Promise<void>) => Promise<void>
  readonly signal: AbortSignal
  readonly onProgress: (pictures: number) => void
}

/**
 * Unpacks a backup and verifies all of it: every hash, that nothing is missing, that the database is sound.
 * @throws SenioError `parameter-invalid` when it is no backup, or not a whole one
 */
export async function readBackup(options: RestoreOptions): Promise<Manifest> {
  const entries = tarEntries(createReadStream(options.file))
  try {
    const first = await entries.next()
    if (first.done === true || first.value.header.name !== DATABASE_ENTRY)
      throw notABackup('it begins otherwise')
    const database = await unpackDatabase(first.value, options.directory)
    let manifest: Manifest | null = null
    await options.withStorage(async (storage) => {
      manifest = await unpackRest(entries, storage, options)
      await verify(manifest, database, storage)
    })
    if (manifest === null) throw notABackup('it has no manifest')
    return manifest
  } catch (error) {
    throw error instanceof SenioError || options.signal.aborted ? error : notABackup(reason(error), error)
  } finally {
    await entries.return(undefined).catch(() => undefined)
  }
}

async function unpackDatabase(
  entry: AsyncIterable<Uint8Array>,
  directory: string,
): Promise<Manifest['database']> {
  const hash = createHash('sha256')
  let bytes = 0
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of entry) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  const target = createWriteStream(join(directory, DATABASE_ENTRY), { flags: 'wx', mode: 0o600, flush: true })
  await pipeline(hashed(), target)
  return { bytes, sha256: hash.digest('hex') }
}

async function unpackRest(
  entries: AsyncIterator<TarEntry>,
  storage: RestoredStorage,
  { signal, onProgress }: RestoreOptions,
): Promise<Manifest> {
  const pictures = { count: 0, bytes: 0 }
  for (let next = await entries.next(); next.done !== true; next = await entries.next()) {
    signal.throwIfAborted()
    const { name } = next.value.header
    if (name === MANIFEST_ENTRY) {
      const manifest = await readManifest(next.value)
      if (manifest.pictures.count !== pictures.count || manifest.pictures.bytes !== pictures.bytes) {
        throw notABackup(
          `it holds ${pictures.count} pictures, and its manifest says ${manifest.pictures.count}`,
        )
      }
      return manifest
    }
    const sha1 = sha1OfEntry(name)
    if (sha1 === null) throw notABackup(`it holds "${name}"`)
    pictures.bytes += await unpackPicture(next.value, sha1, storage)
    pictures.count++
    onProgress(pictures.count)
  }
  throw notABackup('its end is missing')
}

/** @returns its size in bytes */
async function unpackPicture(
  entry: AsyncIterable<Uint8Array>,
  sha1: string,
  storage: RestoredStorage,
): Promise<number> {
  const image = (await storage.images.find([sha1])).get(sha1)
  if (image === undefined) throw notABackup(`its database does not know the picture ${sha1}`)
  if (await putPicture(storage.originals, image, entry)) return image.bytes
  throw notABackup(`the picture ${sha1} is damaged in it`)
}

async function readManifest(entry: AsyncIterable<Uint8Array>): Promise<Manifest> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of entry) {
    bytes += chunk.length
    if (bytes > MAX_MANIFEST_BYTES) throw notABackup('its manifest is too large')
    chunks.push(chunk)
  }
  const manifest = manifestSchema.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  if (manifest.success) return manifest.data
  throw notABackup('its manifest is not one that this version knows')
}

async function verify(
  manifest: Manifest,
  database: Manifest['database'],
  storage: RestoredStorage,
): Promise<void> {
  const { bytes, sha256 } = manifest.database
  if (database.bytes !== bytes || database.sha256 !== sha256)
    throw notABackup('the database is damaged in it')
  const [fault] = await storage.findFaults()
  if (fault !== undefined) throw notABackup(`its database is damaged: ${fault}`)
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
