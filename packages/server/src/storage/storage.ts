import type { DurationMs, SenioError } from '@senio/protocol'
import type { AccountStore, ApiTokenStore, SessionStore } from './account-store.ts'
import type { AttemptStore } from './attempt-store.ts'
import type { BlobStore } from './blob-store.ts'
import type { CopyStore } from './copy-store.ts'
import type { DatabaseFault, FaultSearch } from './fault-search.ts'
import type { ImageStore } from './image-store.ts'
import type { MeasurementStore } from './measurement-store.ts'
import type { NodeLocks } from './node-locks.ts'
import type { NodeMessages } from './node-messages.ts'
import type { NoteStore } from './note-store.ts'
import type { PicturePlaceStore } from './picture-place-store.ts'
import type { PlaceMark } from './place-mark.ts'
import type { ScrubStore } from './scrub-store.ts'
import type { DeviceKeyStore, SensorStore } from './sensor-store.ts'
import type { SetupTokenStore } from './setup-token-store.ts'
import type { TaskStore } from './task-store.ts'
import type { ViewStore } from './view-store.ts'

/** What waits to be stored. */
export interface WriteLoad {
  /** Calls of `append`, those of the commit that goes on included. */
  readonly calls: number
  readonly bytes: number
  /** How long the oldest of them has waited. */
  readonly oldest: DurationMs
}

/** What opening a database did to its format. */
export interface Migrated {
  /** The format that was found; 0 where there was none. */
  readonly from: number
  /** The format that it has now: this version's. */
  readonly to: number
}

/** A number that an engine tells of itself, for whoever watches the server: see docs/operations.md. */
export interface EngineFigure {
  /** Of the metric, with its unit: `senio_…`. */
  readonly name: string
  readonly help: string
  /** Whether it only grows. */
  readonly isCounter: boolean
  readonly value: () => number
}

/** What a store wants done every day, by one node for all of them. */
export interface Upkeep {
  /** Of the task by which nodes agree who does it. */
  readonly name: string
  readonly run: () => Promise<void>
}

/** What a database engine provides, opened and migrated. */
export interface Database {
  readonly migrated: Migrated
  readonly accounts: AccountStore
  readonly sessions: SessionStore
  readonly apiTokens: ApiTokenStore
  readonly sensors: SensorStore
  readonly deviceKeys: DeviceKeyStore
  readonly views: ViewStore
  readonly notes: NoteStore
  readonly attempts: AttemptStore
  readonly setupTokens: SetupTokenStore
  readonly tasks: TaskStore
  readonly picturePlace: PicturePlaceStore
  readonly scrub: ScrubStore
  readonly measurements: MeasurementStore
  readonly images: ImageStore
  /** For `senio copy`. */
  readonly copies: CopyStore
  /** Absent where a single node has the database. */
  readonly nodeLocks?: NodeLocks | undefined
  /** Absent where a single node has the database. */
  readonly nodeMessages?: NodeMessages | undefined
  /**
   * Grows whenever an account, API token, sensor, field or device key changes, other than in when it was last used:
   * what was remembered of them under an older version is stale. What this process changed is seen at once, what
   * another one changed within a second.
   */
  registryVersion(): Promise<number>
  /** What only this engine has to tell of itself; absent where there is nothing. */
  readonly figures?: readonly EngineFigure[] | undefined
  /** Absent where there is nothing to do. */
  readonly upkeep?: readonly Upkeep[] | undefined
  /** What waits to be stored at the moment. */
  writeLoad(): WriteLoad
  /** Resolves when a durable write succeeded just now. @throws SenioError `storage-failing`, `storage-full` */
  probe(): Promise<void>
  /**
   * A consistent copy of the database as of now, while it is in use, in a new file.
   * @throws SenioError `parameter-invalid` where the engine has tools of its own for that, and says which
   */
  backupTo(file: string): Promise<void>
  /**
   * Reads all of the database and looks for what a disk or a person may have done to it, while it is in use: rollups that
   * don't agree with their values, values that are none, whatever belongs to nothing.
   * @returns what is wrong, at most some 100; empty when it is sound
   * @throws SenioError `storage-failing`, `overloaded` when it can't be reached
   */
  findFaults(search?: FaultSearch): Promise<readonly DatabaseFault[]>
  /** Finishes what is in flight. Nothing may be called afterwards. */
  close(): Promise<void>
}

/** Everything that an installation keeps. */
export interface Storage extends Database {
  /** Original pictures, byte for byte. */
  readonly originals: BlobStore
  /** Of the place that the originals are in. */
  readonly placeMark: PlaceMark
  /** Small versions, made from originals: can be made again at any time. */
  readonly thumbs: BlobStore
  readonly previews: BlobStore
  /** Pictures of time, made from thumbs: likewise. Addressed by a hash of what they show. */
  readonly keograms: BlobStore
  /**
   * Why pictures can be neither stored nor read at the moment, for whoever runs the server, as far as is known; null
   * when they can.
   */
  pictureFailure(): SenioError | null
}
