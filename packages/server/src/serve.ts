import { fileURLToPath } from 'node:url'
import { SenioError } from '@senio/protocol'
import { type Logger, pino } from 'pino'
import { type Installation, openInstallation } from './compose.ts'
import { createAdministrator } from './create-administrator.ts'
import { listenProblem } from './listen-problem.ts'
import type { Config } from './config/config.ts'
import { forgetRunningServer, noteRunningServer } from './running-server.ts'
import { requirePicturePlace } from './domain/integrity/picture-place.ts'
import type { Services } from './services.ts'
import type { Storage } from './storage/storage.ts'
import { Acceptors } from './transport/http/acceptors.ts'
import { createHttpServer } from './transport/http/server.ts'
import { usualDecoders } from './usual-decoders.ts'
import { logEvent } from './transport/log-events.ts'

/** Where vite puts the built web app. */
const WEB_APP = fileURLToPath(new URL('../../web/dist/', import.meta.url))

/** Milliseconds that requests in flight get to end after a stop was asked for. */
const STOP_TIMEOUT = 30_000

/** Milliseconds for requests that are on their way when a stop is asked for: they are told to come back later. */
const CLOSING_GRACE = 500

/** A running server. */
export interface RunningServer {
  /** Under which people reach it from this machine. */
  readonly url: string
  /** Answers what is in flight, then closes the storage. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Runs the server until it is stopped.
 * @param print takes the lines meant for the person who started it
 * @throws SenioError when the configuration or the data directory is no good
 */
export async function serve(config: Config, print: (line: string) => void): Promise<RunningServer> {
  // The only log: structured, on standard error, so that standard output stays for people.
  const logger: Logger = pino(
    { level: config.logLevel, base: null, redact: ['req.headers'] },
    pino.destination(2),
  )
  let recheckPlace: (() => void) | null = null
  const installation = await openInstallation({
    ...config,
    decoders: config.decoders ?? usualDecoders(),
    report: (error) => reportTo(logger, error),
    onBucket(failure) {
      if (failure === null) {
        logEvent(logger, 'bucket-usable', {})
        recheckPlace?.()
      } else logEvent(logger, 'bucket-failing', { code: failure.code, detail: failure.message })
    },
    onFatal(error) {
      logEvent(logger, 'storage-failed', { err: error })
      process.exit(1)
    },
  })
  try {
    const { storage } = installation
    if (!(await settlePicturePlace(storage, config, logger))) {
      recheckPlace = () => {
        settlePicturePlace(storage, config, logger).catch((error: unknown) => {
          const detail = error instanceof Error ? error.message : String(error)
          logEvent(logger, 'pictures-elsewhere', { detail })
          process.exit(1)
        })
      }
    }
    return await startServing(installation, config, logger, print)
  } catch (error) {
    // Whoever called gets to end: the threads of an open storage would keep the process alive.
    await installation.close()
    throw error
  }
}

async function startServing(
  installation: Installation,
  config: Config,
  logger: Logger,
  print: (line: string) => void,
): Promise<RunningServer> {
  const { services } = installation
  await createAdministrator(services.accounts, config)
  const app = await createHttpServer(services, {
    logger,
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    bodyTimeout: config.bodyTimeout * 1000,
    maxConnections: config.maxConnections,
    webApp: WEB_APP,
    metricsToken: config.metricsToken,
    closingGrace: CLOSING_GRACE,
  })
  const acceptors = new Acceptors(app)
  await acceptors.listen(config).catch((error: unknown) => {
    throw listenProblem(error, config)
  })
  installation.startBackgroundWork()

  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  const url = config.publicUrl ?? `http://localhost:${port}`
  try {
    await noteRunningServer(config.dataDir, url)
    await greet(url, services, config, print)
  } catch (error) {
    // It listens already, and would live on without its storage.
    await acceptors.close()
    throw error
  }

  let stopping: Promise<void> | null = null
  const stop = async (): Promise<void> => {
    const force = setTimeout(() => app.server.closeAllConnections(), STOP_TIMEOUT)
    await acceptors.close()
    clearTimeout(force)
    await forgetRunningServer(config.dataDir)
    await installation.close()
  }
  return { url, stop: () => (stopping ??= stop()) }
}

async function greet(
  url: string,
  services: Services,
  config: Config,
  print: (line: string) => void,
): Promise<void> {
  const token = await services.setup.token()
  print(`Senio is running at ${url} (data: ${config.dataDir})`)
  if (token !== null) {
    print('')
    print('Create the first account with this one-time link:')
    print(`  ${url}/setup#token=${token}`)
    print('')
  }
  print('Stop it with Ctrl+C.')
}

/**
 * @returns false when that can't be told now: a bucket that doesn't answer is no reason not to start
 * @throws SenioError `parameter-invalid` when the pictures of the database are elsewhere
 */
async function settlePicturePlace(storage: Storage, config: Config, logger: Logger): Promise<boolean> {
  // Told of already.
  if (storage.pictureFailure() !== null) return false
  try {
    const isAllInOneDirectory = config.databaseUrl === undefined && config.blobUrl === undefined
    // A data directory stays whole by itself, also when it is copied or restored by hand.
    if (isAllInOneDirectory && (await storage.picturePlace.known()) === null) return true
    await requirePicturePlace(storage)
    return true
  } catch (error) {
    if (!(error instanceof SenioError) || error.fault !== 'Unavailable') throw error
    reportTo(logger, error)
    return false
  }
}

/** A damaged picture is normal; anything else that fails in the background is worth a look. */
function reportTo(logger: Logger, error: unknown): void {
  if (error instanceof SenioError && error.fault === 'Rejected') {
    logEvent(logger, 'background-refused', { code: error.code, err: error })
  } else {
    logEvent(logger, 'background-failed', { err: error })
  }
}
