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

/** A blob being written to a file of its own among the drafts. */
export class DiskDraft implements BlobDraft {
  readonly #file: WritableFile
  readonly #place: DraftPlace
  #isEnded = false
  #isOpen = true

  constructor(file: WritableFile, place: DraftPlace) {
    this.#file = file
    this.#place = place
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#checkUsable()
    await orStorageError(() => this.#file.write(chunk))
  }

  /** The order of docs/formats/data-dir.md: bytes, then the name, then the names of the name's directories. */
  async commit(ref: BlobRef): Promise<void> {
    this.#checkUsable()
    const { path, sync, fs, prepare } = this.#place
    await orStorageError(async () => {
      if (sync) await this.#file.sync()
      await this.#close()
      const target = await prepare(ref)
      await this.#name(target)
      // Also when it was there: whoever named it may not have come this far yet.
      if (sync) await fs.syncDirectory(dirname(target))
      this.#isEnded = true
      // It has its name and is durable: a second one among the drafts does no harm and goes at the next start.
      await fs.remove(path).catch(() => undefined)
    })
  }

  async discard(): Promise<void> {
    if (this.#isEnded) return
    this.#isEnded = true
    const { path, fs } = this.#place
    await this.#close().catch(() => undefined)
    await fs.remove(path).catch(() => undefined)
  }

  /** A link, unlike a rename, leaves a blob that is there already as it is. */
  async #name(target: string): Promise<void> {
    const { path, fs } = this.#place
    try {
      await fs.link(path, target)
    } catch (error) {
      const code = errorCode(error)
      if (code === 'EEXIST') return
      if (code === null || !NO_LINKS.has(code)) throw error
      // The same bytes by their hash: replacing them between these two calls changes nothing.
      if (await exists(fs, target)) return
      await fs.rename(path, target)
    }
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    await this.#file.close()
  }

  #checkUsable(): void {
    if (this.#isEnded || !this.#isOpen) {
      throw new SenioError('defect', 'A draft of a blob was used after its end.')
    }
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
