import { dirname } from 'node:path'
import { SenioError } from '@senio/protocol'
import type { BlobDraft, BlobRef } from '../blob-store.ts'
import { errorCode, type FileSystem, type WritableFile } from './file-system.ts'
import { orStorageError } from './storage-error.ts'

interface DraftPlace {
  readonly path: string
  readonly sync: boolean
  readonly fs: FileSystem
  /** Makes the directory of a blob and gives the blob's path. */
  readonly prepare: (ref: BlobRef) => Promise<string>
}

/** What file systems without hard links (FAT, some network shares) answer to `link`. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'])

/** Bytes that are gathered before they are written: most pictures are written at once, when they are whole. */
const BLOCK_BYTES = 256 * 1024

/** A blob being written to a file of its own among the drafts, which is made when the first bytes come. */
export class DiskDraft implements BlobDraft {
  readonly #place: DraftPlace
  /** Made while the other bytes come. */
  #opening: Promise<WritableFile> | null = null
  #gathered: Uint8Array[] = []
  #gatheredBytes = 0
  #isClosed = false
  #state: 'open' | 'committing' | 'ended' = 'open'

  constructor(place: DraftPlace) {
    this.#place = place
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#checkUsable()
    void this.#open()
    this.#gathered.push(chunk)
    this.#gatheredBytes += chunk.byteLength
    if (this.#gatheredBytes >= BLOCK_BYTES) await orStorageError(() => this.#flush())
  }

  /**
   * The order of docs/formats/data-dir.md: bytes, then the name, then the names of the name's directories. Each step is
   * a way to another thread and back: what nobody has to wait for runs beside the last one.
   */
  async commit(ref: BlobRef): Promise<void> {
    this.#checkUsable()
    this.#state = 'committing'
    const { path, sync, fs, prepare } = this.#place
    await orStorageError(async () => {
      const target = await prepare(ref)
      const file = await this.#flush()
      if (sync) await file.sync()
      const isNew = await this.#name(target)
      try {
        await Promise.all([
          // Also when it was there: whoever named it may not have come this far yet.
          sync ? fs.syncDirectory(dirname(target)) : null,
          this.#close(),
          // It has its name: a second one among the drafts does no harm and goes at the next start.
          fs.remove(path).catch(() => undefined),
        ])
      } catch (error) {
        // Nobody refers to it yet, and a later sync may not tell that its name is in doubt: the next try names it anew.
        if (isNew) await fs.remove(target).catch(() => undefined)
        throw error
      }
      this.#state = 'ended'
    })
  }

  async discard(): Promise<void> {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    this.#gathered = []
    if (this.#opening === null) return
    const { path, fs } = this.#place
    await this.#close().catch(() => undefined)
    await fs.remove(path).catch(() => undefined)
  }

  /** Writes what was gathered. */
  async #flush(): Promise<WritableFile> {
    const gathered = this.#gathered
    this.#gathered = []
    this.#gatheredBytes = 0
    const file = await this.#open()
    if (gathered.length > 0) await file.write(gathered)
    return file
  }

  #open(): Promise<WritableFile> {
    if (this.#opening === null) {
      this.#opening = this.#place.fs.create(this.#place.path)
      // Whoever needs the file hears of it.
      this.#opening.catch(() => undefined)
    }
    return this.#opening
  }

  /** A link, unlike a rename, leaves a blob that is there already as it is. False when it was there. */
  async #name(target: string): Promise<boolean> {
    const { path, fs } = this.#place
    try {
      await fs.link(path, target)
      return true
    } catch (error) {
      const code = errorCode(error)
      if (code === 'EEXIST') return false
      if (code === null || !NO_LINKS.has(code)) throw error
      // The same bytes by their hash: replacing them between these two calls changes nothing.
      if (await exists(fs, target)) return false
      await fs.rename(path, target)
      return true
    }
  }

  async #close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await (await this.#opening)?.close()
  }

  #checkUsable(): void {
    if (this.#state !== 'open') throw new SenioError('defect', 'A draft of a blob was used after its end.')
  }
}

async function exists(fs: FileSystem, path: string): Promise<boolean> {
  try {
    await fs.facts(path)
    return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}
