import { type ChildProcess, fork } from 'node:child_process'
import { parse } from 'node:path'
import { SenioError } from '@senio/protocol'
import type { OpenBlob } from '../storage/blob-store.ts'
import { confinedStart, memoryLimit, residentBytes } from './confinement.ts'
import { MemoryWatch } from './memory-watch.ts'
import type { FromDecoder, ToDecoder } from './decoder-messages.ts'
import type { PixelsToEncode } from './encode-pixels.ts'
import type { StripsRequest } from './make-strips.ts'

/** How a request ended: with an answer, or with the process. */
export type ChildAnswer =
  | Exclude<FromDecoder, { kind: 'ready' }>
  | { readonly kind: 'died'; readonly reason: string }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'too-much-memory' }

export interface ChildOptions {
  /** The module that the process runs. */
  readonly entry: URL
  /** For one request, from its last byte on. */
  readonly timeoutMs: number
  readonly maxPixels: number
  /** Memory that it may have, in bytes. By default enough for a picture of so many pixels. */
  readonly maxMemory?: number
}

/** Upper bound of the process's JavaScript heap in MiB; pictures live outside of it. */
const HEAP_MIB = 64
const START_TIMEOUT_MS = 60_000
/** How much of what it says before it dies is kept for the log. */
const MAX_LAST_WORDS = 2000

/** A decoder process, seen from its parent. It does one thing at a time. */
export class DecoderChild {
  readonly #child: ChildProcess
  readonly #options: ChildOptions
  #lastWords = ''
  #onMessage: (message: FromDecoder) => void = () => undefined
  #onDeath: () => void = () => undefined
  #dead = false

  private constructor(options: ChildOptions) {
    this.#options = options
    const { execPath, execArgv } = confinedStart(HEAP_MIB)
    this.#child = fork(options.entry, {
      env: minimalEnvironment(),
      execPath,
      execArgv: [...execArgv],
      // Its directory is nobody's: nothing is found by a relative path.
      cwd: parse(process.execPath).root,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child.stderr?.on('data', (words: Buffer) => {
      this.#lastWords = (this.#lastWords + words.toString()).slice(-MAX_LAST_WORDS)
    })
    this.#child.on('message', (message) => this.#onMessage(message as FromDecoder))
    this.#child.on('error', (error) => this.#die(error.message))
    this.#child.on('exit', (code, signal) => this.#die(`exit ${signal ?? code}`))
    this.#child.on('disconnect', () => this.kill())
  }

  /** @throws SenioError `overloaded` when it doesn't come up */
  static async start(options: ChildOptions): Promise<DecoderChild> {
    const child = new DecoderChild(options)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    child.#onMessage = () => resolve()
    const fail = (): void =>
      reject(
        new SenioError('overloaded', 'Pictures cannot be decoded at the moment. Try again later.', {
          retryAfter: 30,
          cause: new Error(`The decoder process did not start: ${child.#lastWords}`),
        }),
      )
    child.#onDeath = fail
    const timer = setTimeout(fail, START_TIMEOUT_MS)
    try {
      await promise
      return child
    } catch (error) {
      child.kill()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  get isDead(): boolean {
    return this.#dead
  }

  /** @throws what the source throws; the process can be used again then */
  decode(source: OpenBlob, box: number): Promise<ChildAnswer> {
    return this.#ask(async () => {
      await this.#sendPicture(source, box)
      await this.#send({ kind: 'end' })
    })
  }

  /** @throws what the source throws; the process can be used again then */
  exif(source: OpenBlob): Promise<ChildAnswer> {
    return this.#ask(async () => {
      await this.#sendPicture(source, 0)
      await this.#send({ kind: 'read-exif' })
    })
  }

  strips(request: StripsRequest): Promise<ChildAnswer> {
    return this.#ask(() => this.#send({ kind: 'strips', ...request }))
  }

  encode(pixels: PixelsToEncode): Promise<ChildAnswer> {
    return this.#ask(() => this.#send({ kind: 'encode', ...pixels }))
  }

  /** At once, whatever it is doing. */
  kill(): void {
    this.#dead = true
    this.#child.kill('SIGKILL')
  }

  async #ask(send: () => Promise<void>): Promise<ChildAnswer> {
    const { promise, resolve } = Promise.withResolvers<ChildAnswer>()
    const died = (): void => resolve({ kind: 'died', reason: this.#lastWords })
    this.#onDeath = died
    this.#onMessage = (message) => {
      if (message.kind !== 'ready') resolve(message)
    }
    if (this.#dead) died()
    const { maxPixels, maxMemory = memoryLimit(maxPixels) } = this.#options
    const { pid } = this.#child
    const used = async (): Promise<number | null> => (pid === undefined ? null : residentBytes(pid))
    const watch = new MemoryWatch(used, maxMemory, () => {
      resolve({ kind: 'too-much-memory' })
      this.kill()
    })
    try {
      await send()
    } catch (error) {
      watch.stop()
      throw error
    }
    const timer = setTimeout(() => {
      resolve({ kind: 'too-slow' })
      this.kill()
    }, this.#options.timeoutMs)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      watch.stop()
    }
  }

  async #sendPicture(source: OpenBlob, box: number): Promise<void> {
    const { maxPixels } = this.#options
    await this.#send({ kind: 'picture', bytes: source.bytes, box, maxPixels })
    for await (const bytes of source.stream()) await this.#send({ kind: 'chunk', bytes: bytes as Uint8Array })
  }

  /** Resolves when the message is on its way; failures show as the death of the process. */
  #send(message: ToDecoder): Promise<void> {
    return new Promise((resolve) => {
      if (this.#dead || !this.#child.connected) resolve()
      else this.#child.send(message, () => resolve())
    })
  }

  #die(reason: string): void {
    this.#dead = true
    this.#lastWords = `${this.#lastWords} ${reason}`.trim()
    this.#onDeath()
  }
}

/**
 * glibc gives memory back after a large picture: a third of what the process keeps otherwise, at the same speed.
 * Elsewhere these mean nothing.
 */
const MALLOC = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '1048576',
  MALLOC_TRIM_THRESHOLD_: '1048576',
}

/** Nothing of the server's environment, which may hold passwords, but what Windows needs to load libraries. */
function minimalEnvironment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env
  return SystemRoot === undefined ? MALLOC : { ...MALLOC, SystemRoot }
}
