import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BlobStore } from './storage/blob-store.ts'
import { openDiskBlobStore } from './storage/disk/disk-blob-store.ts'
import { openSqliteDatabase } from './storage/sqlite/sqlite-database.ts'
import type { Database, Storage } from './storage/storage.ts'

/** Where an installation keeps what it keeps. */
export interface StorageOptions {
  /** Created when it isn't there. */
  readonly dataDir: string
  /** The database can no longer be trusted to be durable: stop answering and exit. */
  readonly onFatal: (error: unknown) => void
}

/** The stores of blobs of an installation. */
type Blobs = Pick<Storage, 'originals' | 'thumbs' | 'previews' | 'keograms'>

/**
 * The part of the composition root that turns settings into storage: chooses the adapters and opens them.
 * @throws SenioError `storage-failing`, `storage-full`
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 })
  const [database, blobs] = await Promise.all([openDatabase(options), openBlobs(options)])
  const { accounts, sessions, apiTokens, sensors, deviceKeys, views, notes, measurements, images } = database
  return {
    accounts,
    sessions,
    apiTokens,
    sensors,
    deviceKeys,
    views,
    notes,
    measurements,
    images,
    ...blobs,
    registryVersion: () => database.registryVersion(),
    probe: () => database.probe(),
    backupTo: (file) => database.backupTo(file),
    findFaults: () => database.findFaults(),
    close: () => database.close(),
  }
}

async function openDatabase({ dataDir, onFatal }: StorageOptions): Promise<Database> {
  return openSqliteDatabase({ file: join(dataDir, 'senio.db'), onFatal })
}

async function openBlobs({ dataDir }: StorageOptions): Promise<Blobs> {
  const open = (name: keyof Blobs, options = {}): Promise<BlobStore> =>
    openDiskBlobStore(join(dataDir, name), options)
  const [originals, thumbs, previews, keograms] = await Promise.all([
    open('originals'),
    open('thumbs', { sync: false }),
    open('previews', { sync: false }),
    open('keograms', { sync: false }),
  ])
  return { originals, thumbs, previews, keograms }
}
