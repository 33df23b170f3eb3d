import { SenioError } from '@senio/protocol'
import type { BlobDraft, BlobRef, BlobStore, StoredBlob } from '../../../storage/blob-store.ts'
import { memoryBlob } from '../memory-blob.ts'

/** A blob store for tests: keeps its bytes in memory, and fails when told to. */
export class MemoryBlobStore implements BlobStore {
  readonly blobs = new Map<BlobRef, { bytes: Uint8Array; modified: number; version: number }>()
  /** Thrown by writes while it is set. */
  failure: SenioError | null = null
  /** Those of which nothing can be read. */
  readonly unreadable = new Set<BlobRef>()
  /** Whether nothing at all can be read. */
  isAway = false
  drafts = 0
  /** Of how many bytes the reading was begun. */
  bytesRead = 0
  #versions = 0
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  put(ref: BlobRef, bytes: Uint8Array): void {
    this.blobs.set(ref, { bytes, modified: this.#now(), version: this.#versions++ })
  }

  async create(): Promise<BlobDraft> {
    this.#check()
    this.drafts++
    const chunks: Uint8Array[] = []
    let isEnded = false
    const end = (): void => {
      if (!isEnded) this.drafts--
      isEnded = true
    }
    return {
      write: async (chunk) => {
        this.#check()
        chunks.push(chunk)
      },
      commit: async (ref) => {
        this.#check()
        if (!this.blobs.has(ref)) this.put(ref, Buffer.concat(chunks))
        end()
      },
      discard: async () => end(),
    }
  }

  async open(ref: BlobRef): Promise<StoredBlob | null> {
    this.#checkReading(ref)
    const blob = this.blobs.get(ref)
    if (blob === undefined) return null
    const open = memoryBlob(blob.bytes)
    return {
      bytes: open.bytes,
      version: String(blob.version),
      stream: (range = { start: 0, end: open.bytes }) => {
        this.bytesRead += range.end - range.start
        return open.stream(range)
      },
    }
  }

  async has(ref: BlobRef): Promise<boolean> {
    this.#checkReading(null)
    return this.blobs.has(ref)
  }

  async delete(ref: BlobRef): Promise<void> {
    this.blobs.delete(ref)
  }

  async *list(): AsyncGenerator<{ ref: BlobRef; bytes: number; modified: number }> {
    for (const [ref, { bytes, modified }] of this.blobs) yield { ref, bytes: bytes.length, modified }
  }

  #checkReading(ref: BlobRef | null): void {
    if (this.isAway || (ref !== null && this.unreadable.has(ref)))
      throw new SenioError('storage-failing', 'It cannot be read.')
  }

  #check(): void {
    if (this.failure !== null) throw this.failure
  }
}
