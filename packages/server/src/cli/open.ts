import { resolve } from 'node:path'
import { SenioError } from '@senio/protocol'
import { openInstallation } from '../compose.ts'
import { hasDatabase } from '../open-database.ts'
import { settings } from '../config/settings.ts'
import { findRunningServer } from '../running-server.ts'
import type { Services } from '../services.ts'
import type { Storage } from '../storage/storage.ts'
import type { CliIo } from './io.ts'
import type { OptionsOf } from './command.ts'
import { resolveOptions, type storageOptions } from './options.ts'

/** An opened installation, as commands use it: the same domain functions as behind the REST API. */
export interface OpenedSenio extends Services {
  readonly storage: Storage
  /** Under which people reach the server, without a slash at its end. */
  readonly baseUrl: string
  /** Where the devices of a sensor publish to. */
  publishUrl(sensor: string): string
}

/** Where the installation is that a command works on. */
export type Whereabouts = OptionsOf<typeof storageOptions>

/** What a command needs to know of the server's other settings. */
const SERVER_SETTINGS = {
  port: settings.port,
  publicUrl: settings.publicUrl,
  maxImageBytes: settings.maxImageBytes,
  maxImagePixels: settings.maxImagePixels,
  publishRate: settings.publishRate,
}

/** A data directory that has its database in it, with the pictures where they are. */
export function inDirectory(dataDir: string, whereabouts: Whereabouts): Whereabouts {
  return { ...whereabouts, dataDir, databaseUrl: undefined, databaseReplicaUrl: undefined }
}

/**
 * Opens an installation, also beside a running server, and closes it whatever happens.
 * @param options.create whether to make an installation that isn't there; otherwise that is an error, so that a
 *   misspelt name is noticed
 * @throws SenioError `not-found`, and what `use` throws
 */
export async function withSenio<Result>(
  whereabouts: Whereabouts,
  io: CliIo,
  use: (senio: OpenedSenio) => Promise<Result>,
  { create = false }: { readonly create?: boolean } = {},
): Promise<Result> {
  const directory = resolve(io.directory, whereabouts.dataDir)
  const server = resolveOptions(SERVER_SETTINGS, {}, io.environment)
  if (!create) await requireInstallation(whereabouts, directory)
  let failure: unknown = null
  const installation = await openInstallation({
    ...whereabouts,
    ...server,
    dataDir: directory,
    clock: io.clock,
    report: (error) => io.stderr.write(`senio: ${error instanceof Error ? error.message : String(error)}\n`),
    onBucket: (problem) => {
      if (problem !== null) io.stderr.write(`senio: ${problem.message}\n`)
    },
    onFatal: (error) => {
      failure = error
    },
  })
  const baseUrl =
    server.publicUrl ?? (await findRunningServer(directory)) ?? `http://localhost:${server.port}`
  try {
    const result = await use({
      ...installation.services,
      storage: installation.storage,
      baseUrl,
      publishUrl: (sensor) => `${baseUrl}/publish/${encodeURIComponent(sensor)}`,
    })
    if (failure !== null) {
      throw new SenioError('storage-failing', 'The storage failed. What was just done may not be kept.', {
        cause: failure,
      })
    }
    return result
  } finally {
    await installation.close()
  }
}

/** What isn't there must not be made by a command that is to look after it: a misspelt name would be found sound. */
async function requireInstallation(whereabouts: Whereabouts, dataDir: string): Promise<void> {
  if (await hasDatabase({ ...whereabouts, dataDir })) return
  const make = '"senio serve" and "senio user create" make a new one.'
  throw whereabouts.databaseUrl === undefined
    ? new SenioError(
        'not-found',
        `There is no data of Senio in the directory ${dataDir}. Name the right one with --data-dir or SENIO_DATA_DIR; ${make}`,
        { field: 'data-dir' },
      )
    : new SenioError(
        'not-found',
        `There is no data of Senio in the database that --database-url or SENIO_DATABASE_URL names. Name the right one; ${make}`,
        { field: 'database-url' },
      )
}
