import { randomUUID } from 'node:crypto'
import { DAY, HOUR, MINUTE, SenioError, timestampMs } from '@senio/protocol'
import { Accounts } from './domain/accounts/accounts.ts'
import { ApiTokens } from './domain/accounts/api-tokens.ts'
import { Argon2PasswordHasher } from './domain/accounts/argon2-password-hasher.ts'
import { SESSION_IDLE, Sessions } from './domain/accounts/sessions.ts'
import { Setup } from './domain/accounts/setup.ts'
import { SignInThrottle } from './domain/accounts/sign-in-throttle.ts'
import type { Clock } from './domain/clock.ts'
import { BlobLocks } from './domain/ingest/blob-locks.ts'
import { Ingest } from './domain/ingest/ingest.ts'
import { StampSlot } from './domain/ingest/stamp-slot.ts'
import { Stamps } from './domain/ingest/stamps.ts'
import { RateLimiter } from './domain/ingest/rate-limiter.ts'
import { Keograms } from './domain/keogram/keograms.ts'
import { DamagedPictures } from './domain/integrity/damaged-pictures.ts'
import { Scrubber } from './domain/integrity/scrubber.ts'
import { VerifiedOriginals } from './domain/integrity/verified-originals.ts'
import { Listeners } from './domain/live/listeners.ts'
import { LocalLiveEvents } from './domain/live/local-live-events.ts'
import { SharedLiveEvents } from './domain/live/shared-live-events.ts'
import { Metrics } from './domain/metrics.ts'
import { Notes } from './domain/notes/notes.ts'
import { Admission, type AdmissionOptions } from './domain/overload/admission.ts'
import { BodyMemory, type BodyMemoryOptions } from './domain/overload/body-memory.ts'
import { oncePerPeriod } from './domain/background/one-node.ts'
import { Pictures } from './domain/pictures/pictures.ts'
import { RegularTask } from './domain/background/regular-task.ts'
import { Queries } from './domain/query/queries.ts'
import { DeviceKeys } from './domain/sensors/device-keys.ts'
import { Fields } from './domain/sensors/fields.ts'
import { Purger } from './domain/sensors/purger.ts'
import { Sensors } from './domain/sensors/sensors.ts'
import { Views } from './domain/views/views.ts'
import { freeBytes, freeInodes } from './disk-room.ts'
import { openStorage, type StorageOptions } from './open-storage.ts'
import { ProcessPictureDecoder } from './pictures/process-picture-decoder.ts'
import type { Services } from './services.ts'
import type { Storage } from './storage/storage.ts'

const MIB = 1024 * 1024

export interface InstallationOptions extends StorageOptions {
  readonly maxImageBytes: number
  readonly maxImagePixels: number
  /** How many pictures are decoded at a time. 1 when absent. */
  readonly decoders?: number | undefined
  /** For how many seconds browsers may fetch originals from the bucket; through the server alone when absent. */
  readonly blobRedirect?: number | undefined
  /** MiB a second at which everything that is kept is looked at; never when 0 or absent. */
  readonly scrubRate?: number | undefined
  /** Days without use after which a session ends; a fortnight when absent. */
  readonly sessionIdle?: number | undefined
  /** Requests a second and device key. */
  readonly publishRate: number
  /** Told of failures that nobody waits for. */
  readonly report: (error: unknown) => void
  /** The system's by default. */
  readonly clock?: Clock
  /** Other than usual, for tests. */
  readonly admission?: Partial<AdmissionOptions>
  readonly bodyMemory?: Partial<BodyMemoryOptions>
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
    onCommit: (ms, logMs) => metrics.observeCommit(ms, logMs),
    onSync: (ms) => metrics.observeSync(ms),
  })
  await refuseUnfinishedCopy(storage)

  const basis: Basis = { ...storage, now: clock, report }
  const admission = new Admission({
    elapsed: () => performance.now(),
    ...options.admission,
  })
  const bodyMemory = new BodyMemory({ elapsed: () => performance.now(), ...options.bodyMemory })
  const purger = new Purger(storage.measurements, report)
  const purge = (): void => purger.start()
  // What a node has left that died meanwhile.
  const purging = new RegularTask({ run: async () => purge(), first: HOUR, every: HOUR, report })
  const upkeep = composeUpkeep(basis)
  const people = composePeople(basis, options.sessionIdle, purge)
  const sensors = composeSensors(basis, purge)
  const live =
    storage.nodeMessages === undefined ? new LocalLiveEvents() : new SharedLiveEvents(storage.nodeMessages)
  const { scrubber, damaged, ...picturing } = composePictures(basis, options, { live, metrics, admission })
  const services: Services = {
    ...people,
    ...sensors,
    ...picturing,
    rateLimiter: new RateLimiter(options.publishRate, clock, storage.nodeMessages ?? null),
    queries: new Queries(storage, clock),
    live,
    listeners: new Listeners({
      registryVersion: () => storage.registryVersion(),
      existing: (ids) => storage.sensors.existing(ids),
    }),
    metrics,
    admission,
    bodyMemory,
    clock,
    probe: () => storage.probe(),
    pictureFailure: () => storage.pictureFailure(),
  }
  metrics.watch({
    writeLoad: () => storage.writeLoad(),
    bodyBytes: () => bodyMemory.bytes,
    pendingPictures: () => storage.images.countPending(),
    waitingDecodes: () => services.pictures.waiting,
    freeBytes: () => freeBytes(options.dataDir),
    freeInodes: () => freeInodes(options.dataDir),
    picturesFail: () => storage.pictureFailure() !== null,
    scrub: () => scrubber.state,
    damagedPictures: () => damaged.count,
    figures: storage.figures ?? [],
    now: clock,
  })

  return {
    storage,
    services,
    startBackgroundWork() {
      admission.start()
      scrubber.start()
      services.pictures.start()
      services.keograms.start()
      // A crash may have interrupted it.
      purge()
      purging.start()
      for (const task of upkeep) task.start()
    },
    async close() {
      admission.stop()
      await scrubber.stop()
      await services.keograms.stop()
      await services.pictures.stop()
      await services.deviceKeys.close()
      await purging.stop()
      await Promise.all(upkeep.map((task) => task.stop()))
      await purger.idle()
      await storage.close()
    },
  }
}

/** What every part of the domain is made of. */
interface Basis extends Storage {
  readonly now: Clock
  /** Told of failures that nobody waits for. */
  readonly report: (error: unknown) => void
}

function composePeople(
  basis: Basis,
  idleDays: number | undefined,
  purge: () => void,
): Pick<Services, 'accounts' | 'sessions' | 'apiTokens' | 'setup'> {
  const hasher = new Argon2PasswordHasher()
  const throttle = new SignInThrottle(basis.attempts, () => performance.now())
  const accounts = new Accounts({ ...basis, hasher, purge })
  return {
    accounts,
    sessions: new Sessions({
      ...basis,
      people: accounts,
      hasher,
      throttle,
      idle: idleDays === undefined ? SESSION_IDLE : idleDays * DAY,
    }),
    apiTokens: new ApiTokens(basis),
    setup: new Setup(accounts, basis.setupTokens),
  }
}

function composeSensors(
  basis: Basis,
  purge: () => void,
): Pick<Services, 'sensors' | 'fields' | 'deviceKeys' | 'notes' | 'views'> {
  const sensors = new Sensors({ ...basis, purge })
  return {
    sensors,
    fields: new Fields({ ...basis, owned: sensors, purge }),
    deviceKeys: new DeviceKeys({ ...basis, owned: sensors }),
    notes: new Notes(basis),
    views: new Views(basis),
  }
}

/** Whatever stores pictures, makes something of them, or looks after them. */
function composePictures(
  basis: Basis,
  options: InstallationOptions,
  { live, metrics, admission }: Pick<Services, 'live' | 'metrics' | 'admission'>,
): Pick<Services, 'ingest' | 'pictures' | 'keograms'> & {
  readonly scrubber: Scrubber
  readonly damaged: DamagedPictures
} {
  const { maxImageBytes: maxBytes, maxImagePixels: maxPixels } = options
  const verified = new VerifiedOriginals({ elapsed: () => performance.now() })
  const damaged = new DamagedPictures({ ...basis, verified })
  const locks = new BlobLocks(basis.nodeLocks)
  const decoder = new ProcessPictureDecoder({ maxPixels })
  const linkSeconds = options.blobRedirect ?? null
  const concurrency = options.decoders ?? 1
  const pictures = new Pictures({ ...basis, decoder, damaged, verified, locks, linkSeconds, concurrency })
  const ingest = new Ingest({
    ...basis,
    damaged,
    locks,
    live,
    clock: basis.now,
    stamps: new Stamps(basis.now, stampSlotOf(basis)),
    limits: { maxBytes, maxPixels },
    onStored(measurements, stored) {
      metrics.measurements.inc(measurements)
      metrics.pictures.inc(stored)
      if (stored > 0) pictures.notify()
    },
  })
  const scrubber = new Scrubber({
    ...basis,
    damaged,
    findFaults: (search) => basis.findFaults(search),
    holder: randomUUID(),
    bytesPerSecond: (options.scrubRate ?? 0) * MIB,
    isBusy: () => admission.isBusy,
    onDatabaseFault: (fault) =>
      basis.report(
        new SenioError(
          'storage-failing',
          `The database is damaged: ${fault}. Stop the server, keep a copy of the data directory, and restore a backup.`,
        ),
      ),
  })
  return {
    ingest,
    pictures,
    keograms: new Keograms({ ...basis, strips: pictures.strips }),
    scrubber,
    damaged,
  }
}

/** What the stores want done. One that fails is tried again within the hour, by whichever node comes first. */
function composeUpkeep({ upkeep = [], tasks, report }: Basis): readonly RegularTask[] {
  return upkeep.map(
    ({ name, run }) =>
      new RegularTask({
        run: () => oncePerPeriod(tasks, name, DAY, run),
        first: MINUTE,
        every: HOUR,
        report,
      }),
  )
}

/** Among nodes each has a slot of its own; one alone stamps whole milliseconds while it can. */
function stampSlotOf({ tasks, nodeMessages }: Storage): () => Promise<number> {
  if (nodeMessages === undefined) return async () => 0
  const slot = new StampSlot({ tasks, elapsed: () => performance.now(), random: Math.random })
  return () => slot.current()
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
