import type { ImageMediaType, TimestampMs } from '@senio/protocol'

/** What ingest knows of a picture's bytes, from their headers. */
export interface NewImage {
  /** 40 lower-case hex digits. */
  readonly sha1: string
  /** 64 lower-case hex digits. */
  readonly sha256: string
  readonly mediaType: ImageMediaType
  /** Size of the original in bytes. */
  readonly bytes: number
  /** Pixels as the header says, before EXIF rotation; null when damage hides them. */
  readonly width: number | null
  readonly height: number | null
  /** Cut short: the format's end is missing. Decoding may find further damage later. */
  readonly damaged: boolean
  readonly created: TimestampMs
}

/**
 * How far the background work on a picture is: `pending` wants decoding, `ready` has its thumb, `failed` could
 * not be decoded and has a placeholder.
 */
export type ImageState = 'pending' | 'ready' | 'failed'

export interface StoredImage extends NewImage {
  readonly state: ImageState
}

/** What decoding found. */
export interface DecodedImage {
  /** Pixels, upright; null when it could not be decoded. */
  readonly width: number | null
  readonly height: number | null
  readonly damaged: boolean
  readonly state: 'ready' | 'failed'
}

/**
 * Facts about pictures, one row a blob, and the state of the background work on them. Rows are added by
 * `MeasurementStore.append`. Rules are checked by `contract/image-store.contract.ts`.
 */
export interface ImageStore {
  /** The pictures known of these hashes; unknown ones are absent from the map. */
  find(sha1s: readonly string[]): Promise<ReadonlyMap<string, StoredImage>>

  /**
   * Takes up to `limit` pending pictures, oldest first, for the caller alone: nobody else gets them before
   * `until`. A crash loses nothing: they can be taken again afterwards. A claim that reaches more than twice as far ahead as
   * this one was made by a clock that was ahead: it counts for nothing.
   */
  claimPending(limit: number, now: TimestampMs, until: TimestampMs): Promise<readonly StoredImage[]>

  /** Gives claims back: whoever asks may have them at once. Those that aren't pending are ignored. */
  release(sha1s: readonly string[]): Promise<void>

  /** Ends the work on a picture. Unknown hashes are ignored. */
  finish(sha1: string, decoded: DecodedImage): Promise<void>

  /** Has a picture that failed decoded again: its bytes were put right. Others are left alone. */
  retry(image: NewImage): Promise<void>

  /** How many wait to be decoded. */
  countPending(): Promise<number>

  /**
   * Hashes of pictures that no value refers to and of which that isn't noted yet, in pages ordered by hash: those after
   * `after`, at most `limit`.
   */
  unreferenced(after: string | null, limit: number): Promise<readonly string[]>

  /**
   * Notes of those of the pictures that no value refers to that this is so as of now. Publishing one of them again takes
   * the note back: with a note, a picture has had no value since.
   */
  noteUnreferenced(sha1s: readonly string[], now: TimestampMs): Promise<void>

  /** Up to `limit` hashes of pictures that no value refers to, and that were noted so before the instant. */
  unreferencedSince(before: TimestampMs, limit: number): Promise<readonly string[]>

  /** Forgets those of the pictures that `unreferencedSince` gives, leaves the others alone, and gives the hashes of those forgotten. */
  forget(sha1s: readonly string[], before: TimestampMs): Promise<readonly string[]>

  /** Every picture, in pages ordered by hash: those after `after`, at most `limit`. */
  list(after: string | null, limit: number): Promise<readonly StoredImage[]>
}
