import type { IncomingMessage } from 'node:http'
import type { ErrorCode, SenioError } from '@senio/protocol'
import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import { clientNetwork } from '../../domain/accounts/client-address.ts'
import { logEvent } from '../log-events.ts'
import { accountOf, keyOf } from './asker.ts'
import type { ClientAddress } from './client-address.ts'
import { isInfoLogged } from './is-info-logged.ts'

/** Seconds of a window, in which lines are counted. */
const WINDOW = 60
/** Lines of a client for one code, and of all clients for all codes, in a window. */
const LINES_EACH = 10
const LINES_ALL = 100
/** Clients, by code, that are counted one by one in a window; others together. */
const COUNTED = 100

/**
 * Whether a refusal may be an attempt to go round a protection. Other refusals are mistakes of devices and people, and
 * are counted only.
 */
const isWatched: Readonly<Record<ErrorCode, boolean>> = {
  'malformed-json': false,
  'json-too-deep': true,
  'invalid-utf8': false,
  'malformed-multipart': false,
  'malformed-url': true,
  'malformed-request': true,
  'malformed-gzip': true,
  'not-signed-in': true,
  'wrong-credentials': true,
  'key-refused': true,
  'wrong-origin': true,
  'not-allowed': true,
  'setup-refused': true,
  // Of whoever is signed in: what isn't theirs is answered so. Strangers get it for any address.
  'not-found': true,
  'method-not-allowed': false,
  'body-too-slow': true,
  'name-taken': false,
  'changed-meanwhile': false,
  'body-too-large': false,
  'image-too-large': false,
  'too-many-measurements': false,
  'too-many-parts': true,
  'unsupported-content-type': false,
  'unsupported-encoding': false,
  'unsupported-image': false,
  'range-not-satisfiable': false,
  'expectation-failed': false,
  'timestamp-missing': false,
  'timestamp-invalid': false,
  'timestamp-in-seconds': false,
  'timestamp-in-future': false,
  'measurement-invalid': false,
  'data-empty': false,
  'unknown-field': false,
  'value-invalid': false,
  'duplicate-key': true,
  'duplicate-part': true,
  'part-missing': false,
  'tags-invalid': false,
  'image-empty': false,
  'image-dimensions': true,
  'image-hash-collision': true,
  'parameter-invalid': true,
  'limit-reached': true,
  'rate-limited': true,
  'headers-too-large': true,
  // Logged as errors, or told by the metrics when they come by the thousand.
  defect: false,
  overloaded: false,
  'shutting-down': false,
  'storage-failing': false,
  'storage-full': false,
}

interface Refused {
  readonly code: ErrorCode
  /** Makes the request's logger. */
  readonly log: () => FastifyBaseLogger
  readonly client: string
  readonly method?: string | undefined
  readonly route?: string | undefined
  readonly key?: number | undefined
}

interface Count {
  readonly code: ErrorCode
  /** null for those of many. */
  readonly client: string | null
  /** With a line each. */
  lines: number
  more: number
}

/**
 * Writes a line for each refusal that may be an attempt to go round a protection, at level info, and no more lines than a
 * disk can bear, however many come. Costs nothing where that level isn't logged.
 */
export class RefusalLog {
  readonly #log: FastifyBaseLogger
  readonly #clientOf: ClientAddress
  readonly #isOn: boolean
  readonly #counts = new Map<string, Count>()
  #lines = 0
  #timer: NodeJS.Timeout | null = null

  /** @param log the server's */
  constructor(log: FastifyBaseLogger, clientOf: ClientAddress) {
    this.#log = log
    this.#clientOf = clientOf
    this.#isOn = isInfoLogged(log)
  }

  /** A request that went through the framework was refused. */
  ofRequest(refusal: SenioError, request: FastifyRequest): void {
    if (!this.#watches(refusal.code)) return
    if (refusal.code === 'not-found' && accountOf(request) === null) return
    this.#add({
      code: refusal.code,
      log: () => request.log,
      client: this.#clientOf(request.raw),
      method: request.method,
      route: request.routeOptions.url,
      key: keyOf(refusal),
    })
  }

  /** A publish request was refused. @param log makes the request's logger */
  ofPublish(
    refusal: SenioError,
    request: IncomingMessage,
    route: string,
    log: () => FastifyBaseLogger,
  ): void {
    if (!this.#watches(refusal.code)) return
    const client = this.#clientOf(request)
    this.#add({ code: refusal.code, log, client, method: request.method, route, key: keyOf(refusal) })
  }

  /** What came on a connection could not be read as a request. */
  ofConnection(code: ErrorCode, client: string | undefined): void {
    if (this.#watches(code)) this.#add({ code, log: () => this.#log, client: client ?? 'unknown' })
  }

  /** Tells how many more there were, and begins a new window. Also happens by itself. */
  endWindow(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    for (const { code, client, more } of this.#counts.values()) {
      if (more === 0) continue
      logEvent(this.#log, 'refused-more', {
        code,
        client: client ?? undefined,
        count: more,
        seconds: WINDOW,
      })
    }
    this.#counts.clear()
    this.#lines = 0
  }

  #watches(code: ErrorCode): boolean {
    return this.#isOn && isWatched[code]
  }

  #add({ log, ...said }: Refused): void {
    this.#timer ??= setTimeout(() => this.endWindow(), WINDOW * 1000).unref()
    const count = this.#count(said.code, said.client)
    if (count.client === null || count.lines >= LINES_EACH || this.#lines >= LINES_ALL) {
      count.more++
      return
    }
    count.lines++
    this.#lines++
    const { code, client, method, route, key } = said
    if (code === 'wrong-credentials') logEvent(log(), 'sign-in-refused', { code, method, route, client })
    else logEvent(log(), 'refused', { code, method, route, client, key })
  }

  #count(code: ErrorCode, address: string): Count {
    const client = clientNetwork(address)
    const own = `${code} ${client}`
    const known = this.#counts.get(own)
    if (known !== undefined) return known
    const isOneOfMany = this.#counts.size >= COUNTED
    const key = isOneOfMany ? code : own
    const count = this.#counts.get(key) ?? { code, client: isOneOfMany ? null : client, lines: 0, more: 0 }
    this.#counts.set(key, count)
    return count
  }
}
