import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ExchangeTimeouts, HttpExchange, type RequestBody } from './exchange.ts'
import { concernsAll, isPassing, S3Refusal, s3Failure } from './s3-failure.ts'
import {
  canonicalQuery,
  EMPTY_SHA256,
  encodeStrictly,
  type S3Credentials,
  signedHeaders,
  signedQuery,
} from './sign-request.ts'
import { firstTag } from './xml.ts'

/** A bucket, or a part of one, on an S3-compatible store. */
export interface S3Location {
  /** Where the store is; its path, if any, comes before the bucket's name. */
  readonly endpoint: URL
  readonly region: string
  readonly bucket: string
  /** Before every key: empty, or with a slash at its end. */
  readonly prefix: string
}

/** How patient a client is. Times in ms. */
export interface S3Patience extends ExchangeTimeouts {
  /** How often a request is sent before it counts as failed. */
  readonly attempts: number
  /** The pause before the second attempt; each further one is three times as long. Shortened by chance by up to half. */
  readonly pause: number
  /** After this no further attempt is begun. */
  readonly total: number
}

/** A device that waits for its answer gives up after some ten seconds itself. */
export const STANDARD_PATIENCE: S3Patience = {
  idle: 8_000,
  answer: 10_000,
  attempts: 4,
  pause: 150,
  total: 10_000,
}

/** ms after which a request that is still on its way makes us wonder whether the store answers at all. */
const SUSPICIOUS = 3_000

/** Is told how requests fare. */
export interface S3Watch {
  /** One was answered as it should be. */
  answered(): void
  /** One has failed for a reason that may be that of all, or takes suspiciously long. */
  suspect(): void
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  /** Under the location's prefix; null for the bucket itself. */
  readonly key: string | null
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: RequestBody
  /** Statuses that are answers, besides 2xx. */
  readonly accept?: readonly number[]
}

/** Errors hold at most so much of what the server says. */
const MOST_ERROR_BYTES = 64 * 1024

/** Far more than a thousand objects or uploads take. */
const MOST_ANSWER_BYTES = 16 * 1024 * 1024

/** Signed requests to one bucket, repeated where that may help. */
export class S3Client {
  readonly #location: S3Location
  readonly #credentials: S3Credentials
  readonly #patience: S3Patience
  readonly #exchange: HttpExchange
  readonly #watch: S3Watch | null

  constructor(
    location: S3Location,
    credentials: S3Credentials,
    patience: S3Patience = STANDARD_PATIENCE,
    watch: S3Watch | null = null,
  ) {
    this.#location = location
    this.#credentials = credentials
    this.#patience = patience
    this.#exchange = new HttpExchange(location.endpoint, patience)
    this.#watch = watch
  }

  /**
   * Sends a request until it is answered with 2xx or what it accepts. Read the answer's body, or destroy it.
   * @throws SenioError `storage-failing`, `storage-full`
   */
  async send(request: S3Request): Promise<IncomingMessage> {
    return this.persist(() => this.#attempt(request))
  }

  /** Like `send`, for answers whose body is of no interest. @returns the status */
  async sendForStatus(request: S3Request): Promise<number> {
    const response = await this.send(request)
    response.resume()
    return response.statusCode ?? 0
  }

  /**
   * Like `send`, for short answers in XML. An answer that is cut, or that says after a 200 that it failed all the
   * same, is a failed attempt.
   */
  async sendForText(request: S3Request): Promise<string> {
    return this.persist(async () => {
      const parts: string[] = []
      const isWhole = await collect(await this.#attempt(request), MOST_ANSWER_BYTES, parts)
      if (!isWhole) throw new S3Refusal(request.method, 200, 'AnswerTooLong', '')
      const body = parts.join('')
      const code = firstTag(body, 'Error') === null ? null : firstTag(body, 'Code')
      if (code !== null) throw new S3Refusal(request.method, 500, code, firstTag(body, 'RequestId') ?? '')
      return body
    })
  }

  /**
   * Tries `work` until it succeeds or trying on is of no use.
   * @param isWorthIt asked after each failure that may pass
   */
  async persist<Result>(work: () => Promise<Result>, isWorthIt = () => true): Promise<Result> {
    const suspicion = setTimeout(() => this.#watch?.suspect(), SUSPICIOUS)
    try {
      return await this.#persist(work, isWorthIt)
    } finally {
      clearTimeout(suspicion)
    }
  }

  async #persist<Result>(work: () => Promise<Result>, isWorthIt: () => boolean): Promise<Result> {
    const { attempts, pause, total } = this.#patience
    const begun = performance.now()
    for (let attempt = 1; ; attempt++) {
      try {
        return await work()
      } catch (error) {
        const wait = pause * 3 ** (attempt - 1) * (0.5 + Math.random() / 2)
        const isLast = attempt >= attempts || performance.now() + wait - begun > total
        if (isLast || !isPassing(error) || !isWorthIt()) {
          if (concernsAll(error)) this.#watch?.suspect()
          throw s3Failure(error)
        }
        await sleep(wait)
      }
    }
  }

  /** The key of an object as a listing of the bucket names it, without the location's prefix. */
  keyOf(listed: string): string {
    return listed.slice(this.#location.prefix.length)
  }

  /** Of the store's address. */
  get origin(): string {
    return this.#location.endpoint.origin
  }

  /** A link under which anybody may read a blob for some seconds. @param headers that the answer is to have */
  link(key: string, headers: Readonly<Record<string, string>>, seconds: number): string {
    const { endpoint, region } = this.#location
    const query = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [`response-${name}`, value]),
    )
    const path = this.#pathOf(key)
    const signed = signedQuery(
      { method: 'GET', host: endpoint.host, path, query },
      { credentials: this.#credentials, region },
      new Date(),
      seconds,
    )
    return `${endpoint.origin}${path}?${signed}`
  }

  /** Ends the connections. */
  close(): void {
    this.#exchange.close()
  }

  async #attempt({
    method,
    key,
    query = {},
    headers = {},
    body,
    accept,
  }: S3Request): Promise<IncomingMessage> {
    const { endpoint, region, prefix } = this.#location
    const path = this.#pathOf(key)
    // Listings of a bucket are about all of its keys.
    const full = 'prefix' in query ? { ...query, prefix: `${prefix}${query['prefix']}` } : query
    const signed = signedHeaders(
      { method, host: endpoint.host, path, query: full, bodySha256: body?.sha256 ?? EMPTY_SHA256 },
      { credentials: this.#credentials, region },
      new Date(),
    )
    const search = canonicalQuery(full)
    const response = await this.#exchange.send({
      method,
      path: search === '' ? path : `${path}?${search}`,
      headers: { ...headers, ...signed },
      body: body ?? null,
    })
    const status = response.statusCode ?? 0
    if (status >= 200 && status < 300) {
      this.#watch?.answered()
      return response
    }
    // Of what else is accepted, something before the store may be the author.
    if (accept?.includes(status) === true) return response
    throw await refusalOf(method, response)
  }

  #pathOf(key: string | null): string {
    const { endpoint, bucket, prefix } = this.#location
    const parts = key === null ? [bucket] : [bucket, ...`${prefix}${key}`.split('/')]
    return `${endpoint.pathname.replace(/\/$/, '')}/${parts.map(encodeStrictly).join('/')}`
  }
}

async function refusalOf(method: string, response: IncomingMessage): Promise<S3Refusal> {
  const parts: string[] = []
  try {
    await collect(response, MOST_ERROR_BYTES, parts)
  } catch {
    // Cut short: what has come is enough.
  }
  const said = parts.join('')
  const requestId = String(response.headers['x-amz-request-id'] ?? '')
  return new S3Refusal(method, response.statusCode ?? 0, firstTag(said, 'Code') ?? '', requestId)
}

/** Reads an answer into `parts`, and gives up one that is longer than `most` characters: then false. */
async function collect(response: IncomingMessage, most: number, parts: string[]): Promise<boolean> {
  let length = 0
  for await (const chunk of response.setEncoding('utf8')) {
    parts.push(String(chunk))
    length += String(chunk).length
    if (length > most) return false
  }
  return true
}
