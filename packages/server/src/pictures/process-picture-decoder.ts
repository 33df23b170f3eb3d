import { type KeogramColumn, SenioError } from '@senio/protocol'
import { type ExifJson, exifSchema } from '@senio/protocol/api'
import {
  type Decoded,
  type PictureDecoder,
  type Pixels,
  RENDITION_PIXELS,
  type RenditionSize,
  type Strip,
} from '../domain/pictures/picture-decoder.ts'
import type { OpenBlob } from '../storage/blob-store.ts'
import { type ChildAnswer, DecoderChild } from './decoder-child.ts'
import { programUrl } from '../program-url.ts'

export interface ProcessPictureDecoderOptions {
  /** Greatest width × height of an original. */
  readonly maxPixels: number
  /** For one picture; it is given up and its process ended then. 20 s by default. */
  readonly timeoutMs?: number
  /** After that long without work a process ends, to give its memory back. 30 s by default. */
  readonly idleMs?: number
  /** Memory of a process, in bytes. By default enough for the largest picture. */
  readonly maxMemory?: number
  /** The program of the processes. */
  readonly entry?: URL
}

type Answer = Exclude<ChildAnswer, { readonly kind: 'died' | 'too-slow' | 'too-much-memory' }>

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
  readonly #maxMemory: number | undefined
  readonly #entry: URL
  readonly #children = new Set<DecoderChild>()
  /** Those without work, with the timers that end them. */
  readonly #idle = new Map<DecoderChild, NodeJS.Timeout>()
  #closed = false

  constructor(options: ProcessPictureDecoderOptions) {
    this.#maxPixels = options.maxPixels
    this.#timeoutMs = options.timeoutMs ?? 20_000
    this.#idleMs = options.idleMs ?? 30_000
    this.#maxMemory = options.maxMemory
    this.#entry = options.entry ?? programUrl(import.meta.url, './decoder-process')
  }

  async decode(source: OpenBlob, size: RenditionSize): Promise<Decoded> {
    const answer = await this.#ask((child) => child.decode(source, RENDITION_PIXELS[size]))
    if (answer.kind !== 'decoded') return { outcome: 'undecodable', reason: reasonOf(answer) }
    const { bytes, width, height, damaged } = answer
    return { outcome: 'decoded', bytes, width, height, damaged }
  }

  async strips(thumbs: readonly Uint8Array[], column: KeogramColumn): Promise<readonly (Strip | null)[]> {
    const maxPixels = RENDITION_PIXELS.thumb ** 2
    const answer = await this.#ask((child) => child.strips({ thumbs, column, maxPixels }))
    const strips = answer.kind === 'strips' ? answer.strips : []
    // Not to be trusted more than what it was made from.
    return thumbs.map((_, index) => {
      const strip = strips[index]
      return strip instanceof Uint8Array && isStrip(strip) ? strip : null
    })
  }

  async encode(pixels: Pixels): Promise<Uint8Array> {
    const answer = await this.#ask((child) => child.encode(pixels))
    if (answer.kind === 'encoded') return answer.bytes
    throw new SenioError('overloaded', 'Pictures cannot be made at the moment. Try again later.', {
      retryAfter: 30,
      cause: new Error(reasonOf(answer)),
    })
  }

  async exif(source: OpenBlob): Promise<ExifJson> {
    const answer = await this.#ask((child) => child.exif(source))
    // Not to be trusted more than what it was read from.
    const read = exifSchema.safeParse(answer.kind === 'exif' ? answer.exif : {})
    return read.success ? read.data : {}
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

  /** The answer of one process, or of a second when the first one dies. */
  async #ask(request: (child: DecoderChild) => Promise<ChildAnswer>): Promise<Answer> {
    let reason = ''
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const child = await this.#take()
      try {
        const answer = await request(child)
        if (this.#closed) throw shuttingDown()
        if (answer.kind === 'too-slow') {
          return { kind: 'undecodable', reason: `Not decoded within ${this.#timeoutMs} ms.` }
        }
        if (answer.kind === 'too-much-memory') {
          return { kind: 'undecodable', reason: 'Decoding it takes more memory than pictures may take.' }
        }
        if (answer.kind !== 'died') return answer
        reason = `The decoder crashed: ${answer.reason}`
      } finally {
        this.#release(child)
      }
    }
    return { kind: 'undecodable', reason }
  }

  async #take(): Promise<DecoderChild> {
    if (this.#closed) throw shuttingDown()
    for (const [child, timer] of this.#idle) {
      clearTimeout(timer)
      this.#idle.delete(child)
      if (!child.isDead) return child
      this.#children.delete(child)
    }
    const memory = this.#maxMemory === undefined ? {} : { maxMemory: this.#maxMemory }
    const options = {
      entry: this.#entry,
      timeoutMs: this.#timeoutMs,
      maxPixels: this.#maxPixels,
      ...memory,
    }
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

function isStrip({ length }: Uint8Array): boolean {
  return length > 0 && length % 4 === 0 && length <= RENDITION_PIXELS.thumb * 4
}

function reasonOf(answer: Answer): string {
  return answer.kind === 'undecodable' ? answer.reason : `The decoder answered with "${answer.kind}".`
}

function shuttingDown(): SenioError {
  return new SenioError('shutting-down', 'The server is being stopped. Try again in a moment.', {
    retryAfter: 5,
  })
}
