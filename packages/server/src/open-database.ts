import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { SenioError } from '@senio/protocol'
import { databaseDefaults } from './config/database-defaults.ts'
import type { ConnectionSettings } from './storage/postgres/connections.ts'
import { isForbidden } from './storage/postgres/failures.ts'
import { holdsSenio } from './storage/postgres/migrate.ts'
import { openPostgresDatabase } from './storage/postgres/postgres-database.ts'
import { openSqliteDatabase } from './storage/sqlite/sqlite-database.ts'
import type { Database } from './storage/storage.ts'

/** In the data directory, where nothing else keeps the database. */
export const DATABASE_FILE = 'senio.db'

/** The settings about the database; times in seconds. */
export interface DatabaseSettings {
  /** PostgreSQL that keeps it; in the data directory when absent. */
  readonly databaseUrl?: string | undefined
  readonly databaseReplicaUrl?: string | undefined
  readonly databaseConnections?: number
  readonly databaseTimeout?: number
  readonly databaseLockTimeout?: number
  readonly databaseConnectTimeout?: number
}

/**
 * Opens the database: a file of the data directory, or PostgreSQL.
 * @throws SenioError `storage-failing`, `storage-full`
 */
export async function openDatabase(
  settings: DatabaseSettings & {
    /** Exists. */
    readonly dataDir: string
    readonly onFatal: (error: unknown) => void
    /** Told how many ms each commit of measurements took, and where known its writing to the log. */
    readonly onCommit?: ((ms: number, logMs?: number) => void) | undefined
  },
): Promise<Database> {
  const { databaseUrl, dataDir, onFatal, onCommit } = settings
  if (databaseUrl === undefined) {
    return openSqliteDatabase({ file: join(dataDir, DATABASE_FILE), onFatal, onCommit })
  }
  const opening = openPostgresDatabase({
    ...connectionSettings(databaseUrl, settings),
    replicaUrl: settings.databaseReplicaUrl ?? null,
    now: () => Date.now(),
    onCommit,
  })
  return opening.catch((error: unknown) => {
    throw asSettingToMend(error)
  })
}

/**
 * Whether there is a database of an installation: a file of the data directory, or tables in PostgreSQL. Makes nothing.
 * @throws SenioError `storage-failing`
 */
export async function hasDatabase(
  settings: DatabaseSettings & { readonly dataDir: string },
): Promise<boolean> {
  const { databaseUrl, dataDir } = settings
  if (databaseUrl === undefined) {
    return access(join(dataDir, DATABASE_FILE)).then(
      () => true,
      () => false,
    )
  }
  return holdsSenio(connectionSettings(databaseUrl, settings)).catch((error: unknown) => {
    throw asSettingToMend(error)
  })
}

function connectionSettings(url: string, settings: DatabaseSettings): ConnectionSettings {
  return {
    url,
    most: settings.databaseConnections ?? databaseDefaults.connections,
    statementTimeout: (settings.databaseTimeout ?? databaseDefaults.timeout) * 1000,
    lockTimeout: (settings.databaseLockTimeout ?? databaseDefaults.lockTimeout) * 1000,
    connectTimeout: (settings.databaseConnectTimeout ?? databaseDefaults.connectTimeout) * 1000,
  }
}

/** Whoever starts a server or a command can mend what a device that publishes can only wait for: says what is wrong. */
function asSettingToMend(error: unknown): unknown {
  if (!(error instanceof SenioError) || error.code !== 'storage-failing') return error
  const reason = error.cause instanceof Error ? reasonOf(error.cause) : ''
  if (reason === '') return error
  const advice = isForbidden(error.cause)
    ? 'Its role lacks a privilege, which whoever runs the database can grant.'
    : 'Look whether it runs, and whether address, name, user and password are right.'
  return new SenioError(
    'storage-failing',
    `The database that --database-url names can't be used: ${reason}. ${advice}`,
    { cause: error },
  )
}

/** Several addresses of one host fail together, with a message each and none of their own. */
function reasonOf(error: Error): string {
  if (error.message !== '') return error.message
  if (!(error instanceof AggregateError)) return ''
  const causes: readonly unknown[] = error.errors
  return causes.map((cause) => (cause instanceof Error ? cause.message : '')).join(', ')
}
