import { open, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { SenioError } from '@senio/protocol'
import { sql } from 'kysely'
import { sqlNodeStores } from '../sql/node-stores.ts'
import { sqlStores } from '../sql/sql-stores.ts'
import { VersionCache } from '../sql/version-cache.ts'
import type { Database, Migrated } from '../storage.ts'
import { backUp } from './backup.ts'
import { syncDirectory } from './sync-path.ts'
import { asFileToMend } from './failures.ts'
import { findFaults } from './integrity.ts'
import { sqliteDialect } from './kysely-dialect.ts'
import { Reader } from './reader/reader.ts'
import { sqliteIds } from './sqlite-ids.ts'
import { sqliteImageStore } from './sqlite-image-store.ts'
import { sqliteMeasurementStore } from './sqlite-measurement-store.ts'
import { type OnCommit, type QueueLimits, Writer } from './writer/writer.ts'

/**
 * How long another process's changes may go unseen, in ms: less than it takes that one to tell anybody; a moment longer while
 * requests come all the time.
 */
const VERSION_BELIEVED = { believed: 20, bridged: 100 }

/** The machine's, ms. */
const CLOCK = sql<number>`(unixepoch('subsec') * 1000.0)`

export interface SqliteOptions {
  /** The database's file; created, with its format, when it isn't there. Its directory must be. */
  readonly file: string
  /**
   * Called at most once, when nothing more can be stored before a restart of the process: the disk failed in a
   * way that leaves it unclear what is on it, or a thread died. Every call rejects from then on.
   */
  readonly onFatal: (error: SenioError) => void
  /** What may wait to be stored before `append` rejects with `overloaded`. */
  readonly queueLimits?: QueueLimits
  /** Told how many ms each commit of measurements took. */
  readonly onCommit?: OnCommit | undefined
}

/**
 * Opens a SQLite database. Other processes may have it open at the same time.
 *
 * @throws SenioError `storage-failing` when it can't be opened or made durable, or has a newer format;
 *   `storage-full` when it can't be created
 */
export async function openSqliteDatabase({
  file,
  onFatal,
  queueLimits,
  onCommit,
}: SqliteOptions): Promise<Database> {
  await createPrivate(file)
  let hasFailed = false
  const failOnce = (error: SenioError): void => {
    if (!hasFailed) onFatal(error)
    hasFailed = true
  }
  const writer = new Writer(file, failOnce, queueLimits, onCommit)
  const reader = new Reader(file, failOnce)
  let migrated: Migrated
  try {
    migrated = await writer.open()
    await reader.call('open', undefined)
  } catch (error) {
    await Promise.allSettled([reader.close(), writer.close()])
    throw asFileToMend(error, file)
  }
  let closed: Promise<void> | null = null
  const close = async (): Promise<void> => {
    // What was called before takes a few microtasks through Kysely until it is in flight here.
    await new Promise((resolve) => setImmediate(resolve))
    await reader.close()
    // Last: a connection that only reads can't put the log into the database's file.
    await writer.close()
  }
  const dialect = sqliteDialect(reader, writer)
  const stores = sqlStores({ dialect, ids: sqliteIds, holdRows: sql`` })
  const versions = new VersionCache(
    () => stores.registryVersion(),
    () => writer.ordinaryWrites,
    () => performance.now(),
    VERSION_BELIEVED,
  )
  return {
    ...stores,
    migrated,
    ...sqlNodeStores(dialect, CLOCK),
    registryVersion: () => versions.version(),
    measurements: sqliteMeasurementStore(reader, writer),
    images: sqliteImageStore(reader, writer),
    writeLoad: () => writer.load(),
    probe: () => writer.probe(),
    backupTo: (target) => backUp(file, target),
    findFaults: (search = {}) => findFaults(file, search),
    close: () => (closed ??= close()),
  }
}

/** For its owner alone: SQLite gives its other files the same mode. A new one's name survives a power cut. */
async function createPrivate(file: string): Promise<void> {
  try {
    const handle = await open(file, 'a', 0o600)
    const { size } = await handle.stat()
    await handle.close()
    if (size > 0) return
    await syncDirectory(dirname(file))
    // Whoever made the data directory may have done so a moment ago.
    await syncDirectory(dirname(dirname(resolve(file))))
  } catch (cause) {
    // What lies on a disk that takes nothing any more can still be read.
    if (isReadOnlyDisk(cause) && (await isThere(file))) return
    throw new SenioError('storage-failing', `The database file "${file}" can't be opened or created.`, {
      cause,
    })
  }
}

function isReadOnlyDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EROFS'
}

/** Whether there is a file that holds something. */
async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    ({ size }) => size > 0,
    () => false,
  )
}
