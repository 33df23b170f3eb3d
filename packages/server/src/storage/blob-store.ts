import type { Readable } from 'node:stream'

/** Immutable bytes, addressed by the SHA-1 of the picture that they are, or of what they were made from: 40 hex digits. */
export type BlobRef = string

/** A blob being written. End it with `commit` or `discard`. */
export interface BlobDraft {
  /** Appends. Resolves when the next chunk may come. The store may keep the chunk to the draft's end, so don't reuse it. */
  write(chunk: Uint8Array): Promise<void>
  /**
   * Makes the bytes durable, then visible under the ref, all or nothing. A blob that exists already is left as
   * it is and the draft is dropped.
   */
  commit(ref: BlobRef): Promise<void>
  /** Leaves nothing behind. Never throws; does nothing after a commit that succeeded; safe after one that failed. */
  discard(): Promise<void>
}

export interface OpenBlob {
  readonly bytes: number
  /** The bytes from `start` to before `end`; all by default. Destroy it when it isn't read to its end. */
  stream(range?: { readonly start: number; readonly end: number }): Readable
}

/** A blob that is kept. */
export interface StoredBlob extends OpenBlob {
  /** Another one once other bytes may have come to be there, as far as the store can tell without reading them. */
  readonly version: string
}

/** Lets people fetch blobs from the store themselves. */
export interface BlobLinks {
  /** What every link begins with: scheme, host and port. */
  readonly origin: string
  /** A link under which anybody may read a blob for some seconds, whether or not it is there. */
  make(ref: BlobRef, mediaType: string, seconds: number): string
}

/**
 * Bytes by hash. Digests are made and verified above the adapters: a store keeps what it is given.
 * Failures reject with SenioError `storage-failing` or `storage-full`. Rules are checked by
 * `contract/blob-store.contract.ts`.
 */
export interface BlobStore {
  /** Absent where the store can be reached through this program alone. */
  readonly links?: BlobLinks
  /** Starts a blob. Drafts that a crash left behind are removed when the store is opened. */
  create(): Promise<BlobDraft>
  /** null when there is no such blob. */
  open(ref: BlobRef): Promise<StoredBlob | null>
  has(ref: BlobRef): Promise<boolean>
  /** Deleting what isn't there is no error. */
  delete(ref: BlobRef): Promise<void>
  /** Every ref with its age's start, in no particular order. */
  list(): AsyncIterable<{ readonly ref: BlobRef; readonly bytes: number; readonly modified: number }>
}
