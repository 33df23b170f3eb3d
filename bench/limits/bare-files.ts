import { once } from 'node:events'
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Bench, newDataDir } from '../context.ts'
import type { RequestTemplate } from '../load/template.ts'

export interface BareFilesJob {
  readonly dir: string
  readonly image: RequestTemplate
  /** Pictures under way at once. */
  readonly concurrency: number
  readonly seconds: number
  readonly firstNumber: number
}

export interface BareFilesResult {
  readonly images: number
  readonly seconds: number
  readonly nextNumber: number
}

/** A bare script that writes, hashes and syncs the same pictures: the disk's limit for Node. */
export class BareFiles implements Disposable {
  readonly name = 'bare-files'
  readonly version = process.version
  readonly settings =
    'hashes, writes, syncs and names the same pictures and appends a synced row for each, rows sharing syncs; no HTTP, no thumbs'
  readonly #child: ChildProcess
  readonly #dir: string
  #next = 0

  private constructor(child: ChildProcess, dir: string) {
    this.#child = child
    this.#dir = dir
  }

  static async start(bench: Bench): Promise<BareFiles> {
    const dir = await newDataDir(bench, 'bare-files')
    const program = fileURLToPath(new URL('./bare-files-process.ts', import.meta.url))
    const [command, ...args] = [...bench.wrapper, process.execPath, program]
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const
    return new BareFiles(spawn(command, args, { serialization: 'advanced', stdio: [...stdio] }), dir)
  }

  /** @returns pictures a second */
  async write(image: RequestTemplate, concurrency: number, seconds: number): Promise<number> {
    const job: BareFilesJob = { dir: this.#dir, image, concurrency, seconds, firstNumber: this.#next }
    const answer = once(this.#child, 'message')
    this.#child.send(job)
    const [result] = (await answer) as [BareFilesResult | { readonly error: string }]
    if ('error' in result) throw new Error(result.error)
    this.#next = result.nextNumber
    return result.images / result.seconds
  }

  /** Its process ends when nobody is left to work for. */
  [Symbol.dispose](): void {
    if (this.#child.connected) this.#child.disconnect()
  }
}
