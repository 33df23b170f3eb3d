import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { timestampMs } from '@senio/protocol'
import { Accounts } from './domain/accounts/accounts.ts'
import { ApiTokens } from './domain/accounts/api-tokens.ts'
import { Argon2PasswordHasher } from './domain/accounts/argon2-password-hasher.ts'
import { Sessions } from './domain/accounts/sessions.ts'
import { Setup } from './domain/accounts/setup.ts'
import { SignInThrottle } from './domain/accounts/sign-in-throttle.ts'
import type { Clock } from './domain/clock.ts'
import { BlobLocks } from './domain/ingest/blob-locks.ts'
import { Ingest } from './domain/ingest/ingest.ts'
import { RateLimiter } from './domain/ingest/rate-limiter.ts'
import { Keograms } from './domain/keogram/keograms.ts'
import { LocalLiveEvents } from './domain/live/live-events.ts'
import { Metrics } from './domain/metrics.ts'
import { Notes } from './domain/notes/notes.ts'
import { Pictures } from './domain/pictures/pictures.ts'
import { Queries } from './domain/query/queries.ts'
import { DeviceKeys } from './domain/sensors/device-keys.ts'
import { Fields } from './domain/sensors/fields.ts'
import { Purger } from './domain/sensors/purger.ts'
import { Sensors } from './domain/sensors/sensors.ts'
import { Views } from './domain/views/views.ts'
import { ProcessPictureDecoder } from './pictures/process-picture-decoder.ts'
import type { Services } from './services.ts'
import { openDiskBlobStore } from './storage/disk/disk-blob-store.ts'
import { openSqliteDatabase } from './storage/sqlite/sqlite-database.ts'
import type { Storage } from './storage/storage.ts'

export interface InstallationOptions {
  /** Created when it isn't there. */
  readonly dataDir: string
  readonly maxImageBytes: number
  readonly maxImagePixels: number
  /** Requests a second and device key. */
  readonly publishRate: number
  /** Told of failures that nobody waits for. */
  readonly report: (error: unknown) => void
  /** The database can no longer be trusted to be durable: stop answering and exit. */
  readonly onFatal: (error: unknown) => void
  /** The system's by default. */
  readonly clock?: Clock
}

/** An opened data directory with everything that can be done to it. */
export interface Installation {
  readonly storage: Storage
  readonly services: Services
  /** Begins the background work: thumbs, and removing what is not needed any more. For the server; commands leave it. */
  startBackgroundWork(): void
  /** Finishes what is in flight. */
  close(): Promise<void>
}

/** The composition root of everything below the ways in: the only place that constructs adapters. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { dataDir, report } = options
  const clock = options.clock ?? (() => timestampMs(Date.now()))
  const storage = await openStorage(dataDir, options)

  const purger = new Purger(storage.measurements, report)
  const purge = (): void => purger.start()
  const hasher = new Argon2PasswordHasher()
  const accounts = new Accounts({ ...storage, hasher, now: clock, purge })
  const sensors = new Sensors({ ...storage, now: clock, purge })
  const deviceKeys = new DeviceKeys({ ...storage, owned: sensors, now: clock, report })
  const locks = new BlobLocks()
  const live = new LocalLiveEvents()
  const metrics = new Metrics()
  const decoder = new ProcessPictureDecoder({ maxPixels: options.maxImagePixels })
  const pictures = new Pictures({ ...storage, decoder, locks, now: clock, report })
  const keograms = new Keograms({ ...storage, strips: pictures.strips, now: clock, report })
  const ingest = new Ingest({
    ...storage,
    locks,
    live,
    clock,
    limits: { maxBytes: options.maxImageBytes, maxPixels: options.maxImagePixels },
    onStored(measurements, stored) {
      metrics.measurements.inc(measurements)
      metrics.pictures.inc(stored)
      if (stored > 0) pictures.notify()
    },
  })

  const throttle = new SignInThrottle(() => performance.now())
  return {
    storage,
    services: {
      accounts,
      sessions: new Sessions({ ...storage, people: accounts, hasher, throttle, now: clock }),
      apiTokens: new ApiTokens({ ...storage, now: clock, report }),
      setup: new Setup(accounts),
      sensors,
      fields: new Fields({ ...storage, owned: sensors, purge }),
      deviceKeys,
      notes: new Notes({ ...storage, now: clock }),
      views: new Views({ ...storage, now: clock }),
      rateLimiter: new RateLimiter(options.publishRate, clock),
      ingest,
      queries: new Queries(storage, clock),
      pictures,
      keograms,
      live,
      metrics,
      clock,
      probe: () => storage.probe(),
    },
    startBackgroundWork() {
      pictures.start()
      keograms.start()
      // A crash may have interrupted it.
      purge()
    },
    async close() {
      await keograms.stop()
      await pictures.stop()
      await deviceKeys.close()
      await purger.idle()
      await storage.close()
    },
  }
}

async function openStorage(dataDir: string, { onFatal }: InstallationOptions): Promise<Storage> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const [database, originals, thumbs, previews, keograms] = await Promise.all([
    openSqliteDatabase({ file: join(dataDir, 'senio.db'), onFatal }),
    openDiskBlobStore(join(dataDir, 'originals')),
    openDiskBlobStore(join(dataDir, 'thumbs'), { sync: false }),
    openDiskBlobStore(join(dataDir, 'previews'), { sync: false }),
    openDiskBlobStore(join(dataDir, 'keograms'), { sync: false }),
  ])
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
    originals,
    thumbs,
    previews,
    keograms,
    registryVersion: () => database.registryVersion(),
    probe: () => database.probe(),
    backupTo: (file) => database.backupTo(file),
    findFaults: () => database.findFaults(),
    close: () => database.close(),
  }
}
