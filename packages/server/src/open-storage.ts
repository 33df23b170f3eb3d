import type { SenioError } from '@senio/protocol'
import { makeDirectory } from './make-directory.ts'
import { type Blobs, type BlobSettings, openBlobs } from './open-blobs.ts'
import { type DatabaseSettings, openDatabase } from './open-database.ts'
import type { Database, Storage } from './storage/storage.ts'

/** Where an installation keeps what it keeps. */
export interface StorageOptions extends BlobSettings, DatabaseSettings {
  /** Created when it isn't there. */
  readonly dataDir: string
  /** The database can no longer be trusted to be durable: stop answering and exit. */
  readonly onFatal: (error: unknown) => void
  /** Told how many ms each commit of measurements took, and where known its writing to the log. */
  readonly onCommit?: ((ms: number, logMs?: number) => void) | undefined
  /** Told how many ms each fsync of a picture took. */
  readonly onSync?: ((ms: number) => void) | undefined
  /** Told when the bucket of the pictures can't be used, with what to do, and with null when it can be again. */
  readonly onBucket?: ((failure: SenioError | null) => void) | undefined
}

/**
 * The part of the composition root that turns settings into storage: chooses the adapters and opens them.
 * @throws SenioError `storage-failing`, `storage-full`, `parameter-invalid`
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  await makeDirectory(options.dataDir, { field: 'data-dir' })
  const [database, blobs] = await openBoth(openDatabase(options), openBlobs(options))
  const { scrub } = database
  const { accounts, sessions, apiTokens, sensors, deviceKeys, views, notes, measurements, images, copies } =
    database
  return {
    accounts,
    sessions,
    apiTokens,
    sensors,
    deviceKeys,
    views,
    notes,
    scrub,
    measurements,
    images,
    copies,
    migrated: database.migrated,
    attempts: database.attempts,
    setupTokens: database.setupTokens,
    tasks: database.tasks,
    picturePlace: database.picturePlace,
    nodeLocks: database.nodeLocks,
    nodeMessages: database.nodeMessages,
    ...blobs.stores,
    pictureFailure: () => blobs.pictureFailure(),
    figures: database.figures,
    upkeep: [...(database.upkeep ?? []), ...blobs.upkeep],
    registryVersion: () => database.registryVersion(),
    writeLoad: () => database.writeLoad(),
    probe: () => database.probe(),
    backupTo: (file) => database.backupTo(file),
    findFaults: (search) => database.findFaults(search),
    async close() {
      await database.close()
      blobs.close()
    },
  }
}

/** Both, or neither: what was opened would keep the process alive that can't go on. @throws what either rejects with */
async function openBoth(
  opening: Promise<Database>,
  openingBlobs: Promise<Blobs>,
): Promise<readonly [Database, Blobs]> {
  const [database, blobs] = await Promise.allSettled([opening, openingBlobs])
  if (database.status === 'fulfilled' && blobs.status === 'fulfilled') return [database.value, blobs.value]
  if (database.status === 'fulfilled') await database.value.close()
  if (blobs.status === 'fulfilled') blobs.value.close()
  return Promise.all([opening, openingBlobs])
}
