import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { SenioError } from '@senio/protocol'
import { allowBody, awaitsContinue } from './expect-continue.ts'

const inflate = promisify(gunzip)

/**
 * A request's body, chunk by chunk. Leaving the loop early doesn't end the connection, so that an answer can
 * still be sent; `drain` takes care of the rest.
 *
 * @param timeout ms without a byte after which it is given up
 * @throws SenioError `body-too-slow`, `malformed-request`
 */
export async function* bodyChunks(request: IncomingMessage, timeout: number): AsyncGenerator<Uint8Array> {
  const slow = new SlowBody(request, timeout)
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      slow.arrived((chunk as Uint8Array).length)
      yield chunk as Uint8Array
    }
  } catch (error) {
    throw slow.error ?? error
  } finally {
    slow.stop()
  }
}

/** Bytes a second, on average, below which a body counts as drip-fed once the first timeout has passed. */
const SLOWEST = 100

/** Watches that a body keeps coming. Ends the waiting by an error on the request, without closing its socket. */
class SlowBody {
  error: SenioError | null = null
  readonly #request: IncomingMessage
  readonly #started = performance.now()
  readonly #timeout: number
  readonly #timer: NodeJS.Timeout
  #bytes = 0
  #bytesAtTick = 0

  constructor(request: IncomingMessage, timeout: number) {
    this.#request = request
    this.#timeout = timeout
    allowBody(request)
    this.#timer = setInterval(() => this.#tick(), timeout)
  }

  arrived(bytes: number): void {
    this.#bytes += bytes
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    // Backpressure of ours is no fault of the sender.
    if (this.#request.readableFlowing === false && this.#request.readableLength > 0) return
    const seconds = (performance.now() - this.#started) / 1000
    const stalled = this.#bytes === this.#bytesAtTick
    this.#bytesAtTick = this.#bytes
    if (!stalled && this.#bytes / seconds >= SLOWEST) return
    this.stop()
    this.error = new SenioError(
      'body-too-slow',
      `The body came too slowly: ${this.#bytes} bytes in ${Math.round(seconds)} s, time-out ${this.#timeout / 1000} s.`,
    )
    this.#request.emit('error', this.error)
  }
}

/**
 * A whole body in memory, inflated if it is gzip.
 *
 * @param limit bytes allowed, inflated ones included; asked once with the first byte of the inflated body
 * @throws SenioError `body-too-large`, `malformed-gzip`, `unsupported-encoding`, and what `bodyChunks` throws
 */
export async function readBody(
  request: IncomingMessage,
  timeout: number,
  limit: (first: number | undefined) => number,
): Promise<Uint8Array> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase()
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new SenioError(
      'unsupported-encoding',
      `The content encoding "${encoding.slice(0, 40)}" is not known; use gzip or none.`,
    )
  }
  const gzip = encoding === 'gzip'
  const whole = gzip ? null : arrivedWhole(request)
  if (whole !== null) {
    const allowed = limit(firstByte(whole))
    if (whole.length > allowed) throw tooLarge(allowed)
    return whole
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  let most = gzip ? limit(undefined) : -1
  await eachChunk(request, timeout, (chunk) => {
    chunks.push(chunk)
    if (most < 0) most = limit(firstByte(chunk))
    if ((bytes += chunk.length) > most) throw tooLarge(most)
  })
  const [only] = chunks
  const body = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)
  return gzip ? inflateBody(body, limit) : body
}

const NOTHING = new Uint8Array()

/** A body that came along with its head, as small ones do: nothing to wait for. Null when there is more to come. */
function arrivedWhole(request: IncomingMessage): Uint8Array | null {
  if (!request.complete || request.destroyed) return null
  allowBody(request)
  return (request.read() as Uint8Array | null) ?? NOTHING
}

/** As `bodyChunks`, without waiting between chunks: an iterator costs more than reading a small body does. */
function eachChunk(
  request: IncomingMessage,
  timeout: number,
  take: (chunk: Uint8Array) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const slow = new SlowBody(request, timeout)
    const onData = (chunk: Uint8Array): void => {
      slow.arrived(chunk.length)
      try {
        take(chunk)
      } catch (error) {
        end()
        reject(error)
      }
    }
    const onEnd = (): void => {
      end()
      resolve()
    }
    const onError = (error: Error): void => {
      end()
      reject(slow.error ?? error)
    }
    const onClose = (): void =>
      onError(new SenioError('malformed-request', 'The connection ended before the body did.'))
    const end = (): void => {
      slow.stop()
      request.pause()
      request.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose)
    }
    request.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose)
  })
}

async function inflateBody(
  body: Uint8Array,
  limit: (first: number | undefined) => number,
): Promise<Uint8Array> {
  const most = limit(undefined)
  let inflated: Uint8Array
  try {
    inflated = await inflate(body, { maxOutputLength: most })
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(most)
    throw new SenioError('malformed-gzip', 'The body is declared as gzip but cannot be inflated.', {
      cause: error,
    })
  }
  const allowed = limit(firstByte(inflated))
  if (inflated.length > allowed) throw tooLarge(allowed)
  return inflated
}

/** The first byte that isn't JSON white space or a byte order mark. */
function firstByte(chunk: Uint8Array): number | undefined {
  return chunk.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf)
}

/** Most bytes that are read to no purpose so that a client gets to see why it was refused. */
const DRAIN_BYTES = 64 * 1024 * 1024

/** Most milliseconds that reading to no purpose may take. */
const DRAIN_TIME = 10_000

/** Reads and drops what is left of a refused body, so that the connection stays usable; within bounds. */
export function drain(request: IncomingMessage): void {
  if (request.complete || request.destroyed || awaitsContinue(request)) return
  let bytes = 0
  request.on('error', () => request.destroy())
  request.on('data', (chunk: Uint8Array) => {
    if ((bytes += chunk.length) > DRAIN_BYTES) request.destroy()
  })
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy()
  }, DRAIN_TIME).unref()
  request.once('close', () => clearTimeout(timer))
  request.resume()
}

/** Drains, and tells when that has ended, whichever way. */
export function drained(request: IncomingMessage, then: () => void): void {
  if (request.complete || request.destroyed || awaitsContinue(request)) return then()
  let isTold = false
  const tell = (): void => {
    if (!isTold) then()
    isTold = true
  }
  for (const event of ['end', 'error', 'close']) request.once(event, tell)
  drain(request)
}

function tooLarge(limit: number): SenioError {
  return new SenioError(
    'body-too-large',
    `The body has more than ${limit} bytes. Send fewer measurements a request.`,
  )
}
