import type { IncomingMessage } from 'node:http'
import { SenioError } from '@senio/protocol'
import type { HeldBody } from '../../../domain/overload/body-memory.ts'
import { allowBody } from '../expect-continue.ts'

/** Bytes a second, on average, below which a body counts as drip-fed once the first timeout has passed. */
const SLOWEST = 100

/** A request whose body is to be read, under the eyes of `ComingBody`. */
export interface BodyToRead {
  readonly request: IncomingMessage
  /** ms without a byte after which it is given up. */
  readonly timeout: number
  /** What is kept of it in memory, and how it is told that there isn't enough. */
  readonly held: HeldBody
}

/**
 * Watches that a body keeps coming. Ends the waiting by an error on the request, without closing its socket; whoever
 * reads the request listens for it until `stop`.
 */
export class ComingBody {
  /** Why the waiting was ended; null while it wasn't. */
  error: SenioError | null = null
  readonly #body: BodyToRead
  readonly #started = performance.now()
  readonly #timer: NodeJS.Timeout
  #bytes = 0
  #bytesAtTick = 0

  constructor(body: BodyToRead) {
    this.#body = body
    allowBody(body.request)
    body.held.giveUp = (why) => this.#end(why)
    this.#timer = setInterval(() => this.#tick(), body.timeout)
  }

  arrived(bytes: number): void {
    this.#bytes += bytes
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#body.held.giveUp = null
  }

  #tick(): void {
    const { request, timeout } = this.#body
    // Backpressure of ours is no fault of the sender.
    if (request.readableFlowing === false && request.readableLength > 0) return
    const seconds = (performance.now() - this.#started) / 1000
    const stalled = this.#bytes === this.#bytesAtTick
    this.#bytesAtTick = this.#bytes
    if (!stalled && this.#bytes / seconds >= SLOWEST) return
    this.#end(
      new SenioError(
        'body-too-slow',
        `The body came too slowly: ${this.#bytes} bytes in ${Math.round(seconds)} s, time-out ${timeout / 1000} s.`,
      ),
    )
  }

  #end(why: SenioError): void {
    this.stop()
    this.error = why
    this.#body.request.emit('error', why)
  }
}
