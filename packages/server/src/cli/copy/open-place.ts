import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { SenioError } from '@senio/protocol'
import { storageSettings } from '../../config/settings.ts'
import type { BlobSettings } from '../../open-blobs.ts'
import { DATABASE_FILE, hasDatabase } from '../../open-database.ts'
import { openStorage } from '../../open-storage.ts'
import { findRunningServer } from '../../running-server.ts'
import type { Storage } from '../../storage/storage.ts'
import type { CliIo } from '../io.ts'
import { resolveOptions } from '../options.ts'
import type { Place } from './place.ts'

/** A bucket's keys. */
export type BucketKeys = Pick<
  BlobSettings,
  's3AccessKey' | 's3SecretKey' | 's3SecretKeyFile' | 's3SessionToken'
>

export interface OpenPlaceOptions {
  readonly place: Place
  readonly keys: BucketKeys
  /** What it is in the copy. */
  readonly role: 'from' | 'to'
  readonly io: CliIo
}

/** What file systems put into an empty directory. */
const HARMLESS: ReadonlySet<string> = new Set(['lost+found'])

/** How this node would speak to PostgreSQL as a server. */
const DATABASE_SETTINGS = {
  databaseConnections: storageSettings.databaseConnections,
  databaseTimeout: storageSettings.databaseTimeout,
  databaseLockTimeout: storageSettings.databaseLockTimeout,
  databaseConnectTimeout: storageSettings.databaseConnectTimeout,
}

/**
 * Opens one end of a copy, and closes it whatever happens.
 * @throws SenioError `not-found` for a source that isn't there; `name-taken` for a directory that is in use
 */
export async function withPlace<Result>(
  { place, keys, role, io }: OpenPlaceOptions,
  use: (storage: Storage) => Promise<Result>,
): Promise<Result> {
  const { databaseUrl, blobUrl, directory } = place
  // What is on its way to a bucket waits in a directory.
  const dataDir =
    directory === null ? await mkdtemp(join(tmpdir(), 'senio-copy-')) : resolve(io.directory, directory)
  try {
    if (directory !== null) {
      await requireIdle(dataDir, role)
      if (databaseUrl === null && role === 'to') await requireFree(dataDir, role)
    }
    const database = {
      ...resolveOptions(DATABASE_SETTINGS, {}, io.environment),
      dataDir,
      databaseUrl: databaseUrl ?? undefined,
    }
    if (role === 'from' && !(await hasDatabase(database))) throw nothingToCopy(place)
    let failure: unknown = null
    const storage = await openStorage({
      ...database,
      ...keys,
      blobUrl: blobUrl ?? undefined,
      onFatal: (error) => {
        failure = error
      },
    })
    try {
      const unusable = storage.pictureFailure()
      if (unusable !== null) throw unusable
      return await use(storage)
    } catch (error) {
      throw failure ?? error
    } finally {
      await storage.close()
    }
  } finally {
    if (directory === null) await rm(dataDir, { recursive: true, force: true })
  }
}

/** What is written meanwhile would be missing in the copy. */
async function requireIdle(directory: string, role: string): Promise<void> {
  const url = await findRunningServer(directory)
  if (url === null) return
  throw new SenioError(
    'name-taken',
    `A server runs on ${directory} (${url}). Stop it for the time of the copy.`,
    {
      field: role,
    },
  )
}

function nothingToCopy({ databaseUrl, directory }: Place): SenioError {
  return new SenioError(
    'not-found',
    databaseUrl === null
      ? `There is no installation in ${directory}: it holds no ${DATABASE_FILE}.`
      : 'There is no installation in the database to copy from: it holds no tables of Senio.',
    { field: 'from' },
  )
}

/** With a database of ours in it, that one says whether it may be used. */
async function requireFree(directory: string, role: string): Promise<void> {
  const found = (await readdir(directory).catch(() => [])).filter((name) => !HARMLESS.has(name))
  if (found.length === 0 || found.includes(DATABASE_FILE)) return
  throw new SenioError(
    'name-taken',
    `${directory} is not empty: it holds ${found.slice(0, 3).join(', ')}. Copy into a new directory.`,
    { field: role },
  )
}
