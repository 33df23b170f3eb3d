import type { TimestampMs } from '@senio/protocol'

/** How far the slow look at everything that is kept has come. */
export interface ScrubState {
  /** When the pass that goes on began; null between passes. */
  readonly started: TimestampMs | null
  /** The hash of the last picture that it has looked at; null at its beginning. */
  readonly position: string | null
  /** When the last whole pass ended; null before the first. */
  readonly ended: TimestampMs | null
  /** What the last look at the database found wrong, as a number. */
  readonly databaseFaults: number
}

/**
 * What is wrong with a picture's bytes: they are `missing`, `damaged` when they are not the ones that were published, or
 * `unreadable` while the storage gives those of others.
 */
export type PictureFault = 'missing' | 'damaged' | 'unreadable'

/** An original that can't be served. */
export interface DamagedPicture {
  /** 40 lower-case hex digits. */
  readonly sha1: string
  readonly fault: PictureFault
  /** When it was first seen. */
  readonly found: TimestampMs
}

/**
 * State of the scrub, shared by all nodes, and what it and others have found. Rules are checked by
 * `contract/scrub-store.contract.ts`.
 */
export interface ScrubStore {
  state(): Promise<ScrubState>
  /**
   * Takes the scrub, or keeps it, until an instant. null while another holder has it; a hold that reaches more than twice as
   * far ahead as this one is by a clock that was ahead, and counts for nothing.
   */
  claim(holder: string, now: TimestampMs, until: TimestampMs): Promise<ScrubState | null>
  /** Notes how far it is and keeps it until an instant; one of the past lets it go. False when it is another's by now. */
  save(holder: string, until: TimestampMs, state: ScrubState): Promise<boolean>
  /** Notes a fault. False when that one was known. */
  addDamaged(picture: DamagedPicture): Promise<boolean>
  /** Sound again, or gone. Unknown hashes are ignored. */
  removeDamaged(sha1s: readonly string[]): Promise<void>
  /** At most `limit`, in no particular order. */
  listDamaged(limit: number): Promise<readonly DamagedPicture[]>
  countDamaged(): Promise<number>
}
