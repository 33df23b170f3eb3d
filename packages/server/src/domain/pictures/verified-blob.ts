import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { SenioError } from '@senio/protocol'
import type { BlobRef, OpenBlob } from '../../storage/blob-store.ts'
import type { NewImage } from '../../storage/image-store.ts'

/** `storage-failing`: the disk has changed the bytes. */
export class CorruptBlob extends SenioError {
  constructor(ref: BlobRef) {
    super(
      'storage-failing',
      `The stored bytes of the picture ${ref} are not the ones that were published. Restore it from a backup, or publish it again.`,
    )
  }
}

/**
 * An original whose bytes are checked while they are read. The last chunk is held back until the digests are
 * known: a stream of bytes that the disk has changed ends with an error, never as if it were whole.
 */
export class VerifiedBlob implements OpenBlob {
  readonly bytes: number
  readonly #blob: OpenBlob
  readonly #image: Pick<NewImage, 'sha1' | 'sha256'>
  #isCorrupt = false

  constructor(blob: OpenBlob, image: Pick<NewImage, 'sha1' | 'sha256'>) {
    this.bytes = blob.bytes
    this.#blob = blob
    this.#image = image
  }

  /** Whether a stream came to its end and had other bytes than it should. */
  get isCorrupt(): boolean {
    return this.#isCorrupt
  }

  /** Reads it all. @throws SenioError `storage-failing` when the bytes aren't the ones that were published */
  async check(): Promise<void> {
    for await (const _ of this.#verified());
  }

  /** The whole blob is checked; a range of it can't be. */
  stream(range?: { readonly start: number; readonly end: number }): Readable {
    return range === undefined
      ? Readable.from(this.#verified(), { objectMode: false })
      : this.#blob.stream(range)
  }

  async *#verified(): AsyncGenerator<Uint8Array, void, undefined> {
    const { sha1: ref, sha256 } = this.#image
    const hashes = { sha1: createHash('sha1'), sha256: createHash('sha256') }
    let held: Uint8Array | null = null
    for await (const chunk of this.#blob.stream() as AsyncIterable<Uint8Array>) {
      hashes.sha1.update(chunk)
      hashes.sha256.update(chunk)
      if (held !== null) yield held
      held = chunk
    }
    if (hashes.sha1.digest('hex') !== ref || hashes.sha256.digest('hex') !== sha256) {
      this.#isCorrupt = true
      throw new CorruptBlob(ref)
    }
    if (held !== null) yield held
  }
}
