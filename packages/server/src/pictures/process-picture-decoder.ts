import { SenioError } from '@senio/protocol'
import {
  type Decoded,
  type PictureDecoder,
  RENDITION_PIXELS,
  type RenditionSize,
} from '../domain/pictures/picture-decoder.ts'
import type { OpenBlob } from '../storage/blob-store.ts'
import { DecoderChild } from './decoder-child.ts'
import { programUrl } from '../program-url.ts'

export interface ProcessPictureDecoderOptions {
  /** Greatest width × height of an original. */
  readonly maxPixels: number
  /** For one picture; it is given up and its process ended then. 20 s by default. */
  readonly timeoutMs?: number
  /** After that long without work a process ends, to give its memory back. 30 s by default. */
  readonly idleMs?: number
  /** The program of the processes. */
  readonly entry?: URL
}

/** A crash may come from elsewhere, such as a shortage of memory: worth a second try, not a third. */
const ATTEMPTS = 2

/**
 * Decodes in processes of their own, so that a picture that crashes or hangs the image library, or takes it
 * over, meets neither the server nor its secrets. Processes are started on demand, one per call at a time.
 */
export class ProcessPictureDecoder implements PictureDecoder {
  readonly #maxPixels: number
  readonly #timeoutMs: number
  readonly #idleMs: number
  readonly #entry: URL
  readonly #children = new Set<DecoderChild>()
  /** Those without work, with the timers that end them. */
  readonly #idle = new Map<DecoderChild, NodeJS.Timeout>()
  #closed = false

  constructor(options: ProcessPictureDecoderOptions) {
    this.#maxPixels = options.maxPixels
    this.#timeoutMs = options.timeoutMs ?? 20_000
    this.#idleMs = options.idleMs ?? 30_000
    this.#entry = options.entry ?? programUrl(import.meta.url, './decoder-process')
  }

  async decode(source: OpenBlob, size: RenditionSize): Promise<Decoded> {
    let reason = ''
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const child = await this.#take()
      try {
        const answer = await child.decode(source, RENDITION_PIXELS[size])
        if (this.#closed) throw shuttingDown()
        if (answer.kind === 'decoded') {
          const { bytes, width, height, damaged } = answer
          return { outcome: 'decoded', bytes, width, height, damaged }
        }
        if (answer.kind === 'undecodable') return { outcome: 'undecodable', reason: answer.reason }
        if (answer.kind === 'too-slow') {
          return { outcome: 'undecodable', reason: `Not decoded within ${this.#timeoutMs} ms.` }
        }
        reason = `The decoder crashed: ${answer.reason}`
      } finally {
        this.#release(child)
      }
    }
    return { outcome: 'undecodable', reason }
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#idle.values()) clearTimeout(timer)
    this.#idle.clear()
    for (const child of this.#children) child.kill()
    this.#children.clear()
  }

  /** How many processes there are. */
  get processes(): number {
    return [...this.#children].filter((child) => !child.isDead).length
  }

  async #take(): Promise<DecoderChild> {
    if (this.#closed) throw shuttingDown()
    for (const [child, timer] of this.#idle) {
      clearTimeout(timer)
      this.#idle.delete(child)
      if (!child.isDead) return child
      this.#children.delete(child)
    }
    const options = { entry: this.#entry, timeoutMs: this.#timeoutMs, maxPixels: this.#maxPixels }
    const child = await DecoderChild.start(options)
    this.#children.add(child)
    if (!this.#closed) return child
    this.#end(child)
    throw shuttingDown()
  }

  #release(child: DecoderChild): void {
    if (child.isDead || this.#closed) {
      this.#end(child)
      return
    }
    const timer = setTimeout(() => {
      this.#idle.delete(child)
      this.#end(child)
    }, this.#idleMs)
    this.#idle.set(child, timer)
  }

  #end(child: DecoderChild): void {
    child.kill()
    this.#children.delete(child)
  }
}

function shuttingDown(): SenioError {
  return new SenioError('shutting-down', 'The server is being stopped. Try again in a moment.', {
    retryAfter: 5,
  })
}
