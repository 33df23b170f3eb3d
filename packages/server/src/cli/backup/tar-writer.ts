import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Pack, pack } from 'tar-stream'

/** A tar file being written, entry by entry. End it with exactly one of `finish` and `abandon`. */
export class TarWriter {
  readonly #pack: Pack = pack()
  readonly #written: Promise<void>
  readonly #mtime: Date
  #failure: Error | null = null
  #onFailure: ((error: Error) => void) | null = null

  /**
   * @param file must not exist
   * @param mtime of every entry
   */
  constructor(file: string, mtime: Date) {
    this.#mtime = mtime
    this.#written = pipeline(this.#pack, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }))
    this.#written.catch((error: Error) => {
      this.#failure = error
      this.#onFailure?.(error)
    })
  }

  /** One entry of exactly `size` bytes, from chunks as they come. */
  async add(
    name: string,
    size: number,
    produce: (write: (chunk: Uint8Array) => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const header = { name, size, mtime: this.#mtime, mode: 0o600, type: 'file' as const }
    const ended = Promise.withResolvers<undefined>()
    const entry = this.#pack.entry(header, (error) =>
      error ? ended.reject(error) : ended.resolve(undefined),
    )
    ended.promise.catch(() => undefined)
    await produce(async (chunk) => {
      if (entry.write(chunk)) return
      await this.#orFailure(new Promise<void>((resolve) => entry.once('drain', () => resolve())))
    })
    entry.end(undefined)
    await this.#orFailure(ended.promise)
  }

  /** Resolves when all of it is on the disk. */
  async finish(): Promise<void> {
    this.#pack.finalize()
    await this.#written
  }

  /** Stops writing; the file is left to the caller. Never rejects. */
  async abandon(): Promise<void> {
    this.#pack.destroy()
    await this.#written.catch(() => undefined)
  }

  /** Nothing drains and no entry ends any more once the file can't be written. */
  #orFailure(step: Promise<void>): Promise<void> {
    if (this.#failure !== null) return Promise.reject(this.#failure)
    return new Promise((resolve, reject) => {
      this.#onFailure = reject
      step.then(resolve, reject)
    })
  }
}
