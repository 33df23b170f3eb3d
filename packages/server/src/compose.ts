import { HOUR, SenioError, timestampMs } from '@senio/protocol'
import { Accounts } from './domain/accounts/accounts.ts'
import { ApiTokens } from './domain/accounts/api-tokens.ts'
import { Argon2PasswordHasher } from './domain/accounts/argon2-password-hasher.ts'
import { Sessions } from './domain/accounts/sessions.ts'
import { Setup } from './domain/accounts/setup.ts'
import { SignInThrottle } from './domain/accounts/sign-in-throttle.ts'
import { randomUUID } from 'node:crypto'
import type { Clock } from './domain/clock.ts'
import { BlobLocks } from './domain/ingest/blob-locks.ts'
import { Ingest } from './domain/ingest/ingest.ts'
import { RateLimiter } from './domain/ingest/rate-limiter.ts'
import { Keograms } from './domain/keogram/keograms.ts'
import { DamagedPictures } from './domain/integrity/damaged-pictures.ts'
import { Scrubber } from './domain/integrity/scrubber.ts'
import { LocalLiveEvents } from './domain/live/local-live-events.ts'
import { SharedLiveEvents } from './domain/live/shared-live-events.ts'
import { Metrics } from './domain/metrics.ts'
import { Notes } from './domain/notes/notes.ts'
import { Admission, type AdmissionOptions } from './domain/overload/admission.ts'
import { Pictures } from './domain/pictures/pictures.ts'
import { RegularTask } from './domain/pictures/regular-task.ts'
import { Queries } from './domain/query/queries.ts'
import { DeviceKeys } from './domain/sensors/device-keys.ts'
import { Fields } from './domain/sensors/fields.ts'
import { Purger } from './domain/sensors/purger.ts'
import { Sensors } from './domain/sensors/sensors.ts'
import { Views } from './domain/views/views.ts'
import { freeBytes } from './free-bytes.ts'
import { openStorage, type StorageOptions } from './open-storage.ts'
import { ProcessPictureDecoder } from './pictures/process-picture-decoder.ts'
import type { Services } from './services.ts'
import type { Storage } from './storage/storage.ts'

const MIB = 1024 * 1024

export interface InstallationOptions extends StorageOptions {
  readonly maxImageBytes: number
  readonly maxImagePixels: number
  /** For how many seconds browsers may fetch originals from the bucket; through the server alone when absent. */
  readonly blobRedirect?: number | undefined
  /** MiB a second at which everything that is kept is looked at; never when 0 or absent. */
  readonly scrubRate?: number | undefined
  /** Requests a second and device key. */
  readonly publishRate: number
  /** Told of failures that nobody waits for. */
  readonly report: (error: unknown) => void
  /** The system's by default. */
  readonly clock?: Clock
  /** Other than usual, for tests. */
  readonly admission?: Partial<AdmissionOptions>
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

/** The composition root of everything below the ways in; `openStorage` is its part that chooses the adapters. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { report } = options
  const clock = options.clock ?? (() => timestampMs(Date.now()))
  const metrics = new Metrics()
  const storage = await openStorage({
    ...options,
    onCommit: (ms) => metrics.observeCommit(ms),
    onSync: (ms) => metrics.observeSync(ms),
  })
  const admission = new Admission({
    writeLoad: () => storage.writeLoad(),
    elapsed: () => performance.now(),
    ...options.admission,
  })
  const damaged = new DamagedPictures({ ...storage, now: clock, report })
  await refuseUnfinishedCopy(storage)

  const purger = new Purger(storage.measurements, report)
  const purge = (): void => purger.start()
  // What a node has left that died meanwhile.
  const purging = new RegularTask({ run: async () => purge(), first: HOUR, every: HOUR, report })
  const hasher = new Argon2PasswordHasher()
  const accounts = new Accounts({ ...storage, hasher, now: clock, purge })
  const sensors = new Sensors({ ...storage, now: clock, purge })
  const deviceKeys = new DeviceKeys({ ...storage, owned: sensors, now: clock, report })
  const locks = new BlobLocks(storage.nodeLocks)
  const { nodeMessages } = storage
  const live = nodeMessages === undefined ? new LocalLiveEvents() : new SharedLiveEvents(nodeMessages)
  const decoder = new ProcessPictureDecoder({ maxPixels: options.maxImagePixels })
  const pictures = new Pictures({
    ...storage,
    decoder,
    damaged,
    locks,
    now: clock,
    report,
    linkSeconds: options.blobRedirect ?? null,
  })
  const keograms = new Keograms({ ...storage, strips: pictures.strips, now: clock, report })
  const ingest = new Ingest({
    ...storage,
    damaged,
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

  const scrubber = new Scrubber({
    ...storage,
    damaged,
    findFaults: () => storage.findFaults(),
    holder: randomUUID(),
    now: clock,
    bytesPerSecond: (options.scrubRate ?? 0) * MIB,
    isBusy: () => admission.isBusy,
    report,
    onDatabaseFault: (fault) =>
      report(
        new SenioError(
          'storage-failing',
          `The database is damaged: ${fault}. Stop the server, keep a copy of the data directory, and restore a backup.`,
        ),
      ),
  })
  metrics.watch({
    writeLoad: () => storage.writeLoad(),
    pendingPictures: () => storage.images.countPending(),
    waitingDecodes: () => pictures.waiting,
    freeBytes: () => freeBytes(options.dataDir),
    picturesFail: () => storage.pictureFailure() !== null,
    scrub: () => scrubber.state,
    damagedPictures: () => damaged.count,
    now: clock,
  })

  const throttle = new SignInThrottle(storage.attempts, () => performance.now())
  return {
    storage,
    services: {
      accounts,
      sessions: new Sessions({ ...storage, people: accounts, hasher, throttle, now: clock }),
      apiTokens: new ApiTokens({ ...storage, now: clock, report }),
      setup: new Setup(accounts, storage.setupTokens),
      sensors,
      fields: new Fields({ ...storage, owned: sensors, purge }),
      deviceKeys,
      notes: new Notes({ ...storage, now: clock }),
      views: new Views({ ...storage, now: clock }),
      rateLimiter: new RateLimiter(options.publishRate, clock, nodeMessages ?? null),
      ingest,
      queries: new Queries(storage, clock),
      pictures,
      keograms,
      live,
      metrics,
      admission,
      clock,
      probe: () => storage.probe(),
      pictureFailure: () => storage.pictureFailure(),
    },
    startBackgroundWork() {
      admission.start()
      scrubber.start()
      pictures.start()
      keograms.start()
      // A crash may have interrupted it.
      purge()
      purging.start()
    },
    async close() {
      admission.stop()
      await scrubber.stop()
      await keograms.stop()
      await pictures.stop()
      await deviceKeys.close()
      await purging.stop()
      await purger.idle()
      await storage.close()
    },
  }
}

/** What lacks a part of what it is to be must neither be shown nor written to. */
async function refuseUnfinishedCopy(storage: Storage): Promise<void> {
  if ((await storage.copies.progress()) === null) return
  await storage.close()
  throw new SenioError(
    'storage-failing',
    'This is the target of a copy that isn\'t done. Run the same "senio copy" again: it goes on where it was.',
  )
}
