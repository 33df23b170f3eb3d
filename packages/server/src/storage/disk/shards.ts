import { join } from 'node:path'
import type { FileSystem } from './file-system.ts'

/**
 * The 256 directories `ab` that blobs are spread over: enough for tens of millions, and few enough that nearly every
 * blob finds its own there. They are never removed.
 */
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
    const shard = shardOf(ref)
    if (this.#durable.has(shard)) return
    await this.#fs.makeDirectory(join(this.#dir, shard))
    if (this.#sync) await this.#fs.syncDirectory(this.#dir)
    this.#durable.add(shard)
  }
}

/** The name of the directory of a blob. */
export function shardOf(ref: string): string {
  return ref.slice(0, 2)
}
