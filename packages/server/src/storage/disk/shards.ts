import { join } from 'node:path'
import type { FileSystem } from './file-system.ts'

/** The directories `ab/cd` that blobs are spread over. They are never removed. */
export class Shards {
  readonly #dir: string
  readonly #sync: boolean
  readonly #fs: FileSystem
  /** Those known to be on stable storage. Another process may have made one and not synced it yet. */
  readonly #durable = new Set<string>()

  constructor(dir: string, sync: boolean, fs: FileSystem) {
    this.#dir = dir
    this.#sync = sync
    this.#fs = fs
  }

  /** Makes the directory of a blob; when it returns, the directory survives a power cut. */
  async make(ref: string): Promise<void> {
    const outer = ref.slice(0, 2)
    const inner = ref.slice(2, 4)
    await this.#makeIn(this.#dir, outer, outer)
    await this.#makeIn(join(this.#dir, outer), inner, outer + inner)
  }

  async #makeIn(parent: string, name: string, key: string): Promise<void> {
    if (this.#durable.has(key)) return
    await this.#fs.makeDirectory(join(parent, name))
    if (this.#sync) await this.#fs.syncDirectory(parent)
    this.#durable.add(key)
  }
}
