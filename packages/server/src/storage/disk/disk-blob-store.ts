import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { SenioError } from '@senio/protocol'
import type { BlobDraft, BlobRef, BlobStore, StoredBlob } from '../blob-store.ts'
import { DiskDraft } from './disk-draft.ts'
import { draftName, isAbandoned, thisProcess } from './draft-names.ts'
import { errorCode, type FileFacts, type FileSystem, nodeFileSystem } from './file-system.ts'
import { Shards, shardOf } from './shards.ts'
import { orStorageError, storageError } from './storage-error.ts'

export interface DiskOptions {
  /**
   * False for blobs that can be made again: nothing is synced, and a power cut may take or empty the newest.
   * True by default.
   */
  readonly sync?: boolean
  readonly fileSystem?: FileSystem
}

const REF = /^[0-9a-f]{40}$/
const SHARD = /^[0-9a-f]{2}$/

/**
 * Opens a store of blobs as files, `<dir>/ab/<sha1>` with drafts in `<dir>/tmp`: see
 * docs/formats/data-dir.md. Makes the directories and removes the drafts that a crash left. Several processes
 * may have the same directory open.
 *
 * @throws SenioError `storage-failing`, `storage-full`
 */
export async function openDiskBlobStore(dir: string, options: DiskOptions = {}): Promise<BlobStore> {
  const { sync = true, fileSystem = nodeFileSystem } = options
  const drafts = join(dir, 'tmp')
  return orStorageError(async () => {
    const isNew = await fileSystem.makeDirectory(dir)
    const hasNewDrafts = await fileSystem.makeDirectory(drafts)
    if (sync && isNew) await fileSystem.syncDirectory(dirname(dir))
    if (sync && hasNewDrafts) await fileSystem.syncDirectory(dir)
    await removeAbandoned(drafts, fileSystem)
    return new DiskBlobStore(dir, sync, fileSystem)
  })
}

class DiskBlobStore implements BlobStore {
  readonly #dir: string
  readonly #sync: boolean
  readonly #fs: FileSystem
  readonly #shards: Shards
  readonly #owner = thisProcess()

  constructor(dir: string, sync: boolean, fs: FileSystem) {
    this.#dir = dir
    this.#sync = sync
    this.#fs = fs
    this.#shards = new Shards(dir, sync, fs)
  }

  async create(): Promise<BlobDraft> {
    return new DiskDraft({
      path: join(this.#dir, 'tmp', draftName(this.#owner)),
      sync: this.#sync,
      fs: this.#fs,
      prepare: async (ref) => {
        const target = this.#pathOf(ref)
        await this.#shards.make(ref)
        // What a power cut has emptied is no blob, though it has the name.
        if (!this.#sync && (await this.#facts(ref)) === null) await removeIfThere(this.#fs, target)
        return target
      },
    })
  }

  async open(ref: BlobRef): Promise<StoredBlob | null> {
    const facts = await this.#facts(ref)
    if (facts === null) return null
    const { bytes, changed, inode } = facts
    const path = this.#pathOf(ref)
    return {
      bytes,
      version: `${bytes} ${changed} ${inode}`,
      stream: ({ start, end } = { start: 0, end: bytes }) =>
        start >= end ? Readable.from([]) : this.#fs.read(path, start, Math.min(end, bytes)),
    }
  }

  async has(ref: BlobRef): Promise<boolean> {
    return (await this.#facts(ref)) !== null
  }

  async delete(ref: BlobRef): Promise<void> {
    const path = this.#pathOf(ref)
    await orStorageError(() => removeIfThere(this.#fs, path))
  }

  async *list(): AsyncIterable<{ readonly ref: BlobRef; readonly bytes: number; readonly modified: number }> {
    for (const shard of await this.#names(this.#dir, SHARD)) {
      for (const ref of await this.#names(join(this.#dir, shard), REF)) {
        if (shardOf(ref) !== shard) continue
        const facts = await this.#facts(ref)
        if (facts !== null) yield { ref, bytes: facts.bytes, modified: facts.modified }
      }
    }
  }

  /** null when there is no such blob. */
  async #facts(ref: BlobRef): Promise<FileFacts | null> {
    const path = this.#pathOf(ref)
    try {
      const facts = await this.#fs.facts(path)
      return this.#sync || facts.bytes > 0 ? facts : null
    } catch (error) {
      if (isMissing(error)) return null
      throw storageError(error)
    }
  }

  async #names(path: string, pattern: RegExp): Promise<readonly string[]> {
    try {
      return (await this.#fs.list(path)).filter((name) => pattern.test(name))
    } catch (error) {
      if (isMissing(error)) return []
      throw storageError(error)
    }
  }

  /** From the ref alone, and from nothing that isn't one. */
  #pathOf(ref: BlobRef): string {
    if (!REF.test(ref)) throw new SenioError('defect', 'A blob is addressed by 40 lower-case hex digits.')
    return join(this.#dir, shardOf(ref), ref)
  }
}

async function removeAbandoned(drafts: string, fs: FileSystem): Promise<void> {
  const here = thisProcess()
  for (const name of await fs.list(drafts)) {
    const path = join(drafts, name)
    try {
      const { modified } = await fs.facts(path)
      if (isAbandoned(name, Date.now() - modified, here)) await fs.remove(path)
    } catch (error) {
      // Its owner has ended it in the meantime.
      if (!isMissing(error)) throw error
    }
  }
}

async function removeIfThere(fs: FileSystem, path: string): Promise<void> {
  try {
    await fs.remove(path)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

function isMissing(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'ENOENT' || code === 'ENOTDIR'
}
