import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { pipeline, type Readable } from 'node:stream'

/** What is sent as a body, as often as attempts take. */
export interface RequestBody {
  readonly bytes: number
  readonly sha256: string
  open(): Readable
}

export interface RawRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: RequestBody | null
}

/** Milliseconds. */
export interface ExchangeTimeouts {
  /** Without a byte in either direction. */
  readonly idle: number
  /** Until the answer begins, for a request without a body. */
  readonly answer: number
}

/** A server slower than this is as good as none. */
const SLOWEST_BYTES_PER_MS = 64

/** Uploads that run at a time; more wait. Downloads have connections of their own, as slow readers hold theirs. */
const MOST_WRITES = 64
const MOST_READS = 256

/** Plain exchanges of HTTP with one server, over connections that are kept. */
export class HttpExchange {
  readonly #endpoint: URL
  readonly #timeouts: ExchangeTimeouts
  readonly #writes: HttpAgent
  readonly #reads: HttpAgent

  constructor(endpoint: URL, timeouts: ExchangeTimeouts) {
    this.#endpoint = endpoint
    this.#timeouts = timeouts
    const Agent = endpoint.protocol === 'https:' ? HttpsAgent : HttpAgent
    this.#writes = new Agent({ keepAlive: true, maxSockets: MOST_WRITES, scheduling: 'lifo' })
    this.#reads = new Agent({ keepAlive: true, maxSockets: MOST_READS, scheduling: 'lifo' })
  }

  /**
   * Sends a request and resolves when the answer begins, whatever its status. Its body ends with an error when the
   * connection is cut or nothing comes any more; read it to its end, or destroy it.
   * Rejects with Node's error, or a `TimeoutError`.
   */
  send({ method, path, headers, body }: RawRequest): Promise<IncomingMessage> {
    const request = this.#endpoint.protocol === 'https:' ? requestHttps : requestHttp
    const { idle, answer } = this.#timeouts
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const outgoing = request({
      hostname: this.#endpoint.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: this.#endpoint.port === '' ? undefined : this.#endpoint.port,
      method,
      path,
      headers: { ...headers, ...(body === null ? {} : { 'content-length': body.bytes }) },
      agent: method === 'GET' || method === 'HEAD' ? this.#reads : this.#writes,
      timeout: idle,
    })
    const allowed = answer + (body?.bytes ?? 0) / SLOWEST_BYTES_PER_MS
    const deadline = setTimeout(() => outgoing.destroy(timedOut()), allowed)
    let answered: IncomingMessage | null = null
    outgoing.on('timeout', () => {
      // An answer that isn't read for the moment waits as long as its reader likes.
      if (answered !== null && answered.readableLength > 0) outgoing.setTimeout(idle)
      else outgoing.destroy(timedOut())
    })
    outgoing.once('close', () => clearTimeout(deadline))
    // Stays for the life of the request: one that comes after the answer has nobody else to go to.
    outgoing.on('error', reject)
    outgoing.once('response', (response) => {
      clearTimeout(deadline)
      answered = response
      // What is still being sent after the whole answer would go for nothing.
      response.once('end', () => {
        if (!outgoing.writableFinished) outgoing.destroy()
      })
      resolve(response)
    })
    if (body === null) outgoing.end()
    else pipeline(body.open(), outgoing, () => undefined)
    return promise
  }

  /** Ends the connections that nobody uses. */
  close(): void {
    this.#writes.destroy()
    this.#reads.destroy()
  }
}

function timedOut(): Error {
  return new DOMException('The object store did not answer in time.', 'TimeoutError')
}
