import type { FieldValue, Tags } from '@senio/protocol'
import type { AcceptedJson, PublishCheckJson, PublishedJson } from '@senio/protocol/api'
import { ProblemError, problemOf } from './problem-error.ts'
import { type RetryOptions, withRetries } from './retry.ts'

export interface PublisherOptions {
  /** The sensor's publish address, for example `https://senio.example.org/publish/greenhouse`. */
  readonly url: string
  /** The device key. */
  readonly key: string
  /** Absent = the global one. */
  readonly fetch?: typeof globalThis.fetch
  /** How to go on when the server is busy or can't be reached. */
  readonly retry?: RetryOptions
  /** Longest wait for one answer, in ms; 60,000 by default. */
  readonly timeout?: number
}

/** A picture's bytes: JPEG, PNG or WebP. */
export type ImageBytes = Uint8Array<ArrayBuffer> | ArrayBuffer | Blob

export interface OutgoingMeasurement {
  /** Milliseconds since the epoch; absent = now, by the clock of this device. */
  readonly timestamp?: number
  /** Values by field name; pictures go into `images`. */
  readonly data?: Readonly<Record<string, Exclude<FieldValue, undefined>>>
  /** Pictures by the name of their image field. */
  readonly images?: Readonly<Record<string, ImageBytes>>
  readonly tags?: Tags
}

export interface PublishCallOptions {
  /** Ends the request and the waiting between tries; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/**
 * Publishes one sensor's measurements. A value is identified by its timestamp, so every call may be repeated
 * and is, while the server is busy (429, 503) or out of reach. Every call rejects with ProblemError.
 */
export interface Publisher {
  /** The sensor's name and fields: proves that address and key are right. */
  check(options?: PublishCallOptions): Promise<PublishCheckJson>
  /** One measurement. When it resolves, the measurement is on the server's disk. */
  publish(measurement: OutgoingMeasurement, options?: PublishCallOptions): Promise<PublishedJson>
  /** One picture alone, as the whole body of the request. */
  publishImage(
    field: string,
    image: ImageBytes,
    options?: PublishCallOptions & { readonly timestamp?: number },
  ): Promise<PublishedJson>
  /** Up to 10,000 measurements without pictures in one request: all of them are stored, or none. */
  publishMany(
    measurements: readonly Omit<OutgoingMeasurement, 'images'>[],
    options?: PublishCallOptions,
  ): Promise<AcceptedJson>
}

/**
 * @throws TypeError when the address is none, or not of http:// or https://
 * @example
 * const sensor = createPublisher({ url: 'http://localhost:8080/publish/greenhouse', key })
 * await sensor.publish({ data: { temp: 22.5 } })
 */
export function createPublisher(options: PublisherOptions): Publisher {
  const fetch = options.fetch ?? ((...request) => globalThis.fetch(...request))
  const timeout = options.timeout ?? 60_000
  const address = addressOf(options.url)

  async function once<Answer>(url: URL, init: Body, signal: AbortSignal | undefined): Promise<Answer> {
    const limit = AbortSignal.timeout(timeout)
    let response: Response
    try {
      response = await fetch(url, {
        ...init,
        headers: { ...init.headers, accept: 'application/json', authorization: `Bearer ${options.key}` },
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      })
    } catch (error) {
      signal?.throwIfAborted()
      throw unreachable(url, error)
    }
    if (!response.ok) throw await problemOf(response)
    return (await response.json()) as Answer
  }

  function request<Answer>(
    init: Body,
    { signal }: PublishCallOptions,
    parameters: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const url = new URL(address)
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
    return withRetries(() => once<Answer>(url, init, signal), options.retry ?? {}, signal)
  }

  return {
    check: (call = {}) => request({ method: 'GET' }, call),

    publish({ images = {}, ...measurement }, call = {}) {
      const json = JSON.stringify(stamped(measurement))
      const pictures = Object.entries(images)
      if (pictures.length === 0) return request(jsonBody(json), call)
      const form = new FormData()
      form.set('json', json)
      for (const [field, image] of pictures) form.set(field, toBlob(image), field)
      return request({ method: 'POST', body: form }, call)
    },

    async publishImage(field, image, { timestamp = Date.now(), ...call } = {}) {
      const body = toBlob(image)
      const type = await imageType(body)
      return request({ method: 'POST', body, headers: { 'content-type': type } }, call, {
        field,
        timestamp: String(timestamp),
      })
    },

    publishMany: (measurements, call = {}) =>
      request(jsonBody(JSON.stringify(measurements.map((measurement) => stamped(measurement)))), call),
  }
}

/** "localhost:8080" is a URL, too, of nothing that can be reached: it would be tried again and again. */
function addressOf(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : null
  if (address !== null && /^https?:$/.test(address.protocol)) return address
  throw new TypeError(
    `"${url}" is no publish address. Write it with http:// or https://, for example http://localhost:8080/publish/greenhouse`,
  )
}

/** What a request says beyond address and key. */
interface Body {
  readonly method: 'GET' | 'POST'
  readonly body?: string | Blob | FormData
  readonly headers?: Readonly<Record<string, string>>
}

/** The time is settled once, before the first try: a retry then means the same measurement. */
function stamped({ timestamp = Date.now(), data = {}, tags = null }: Omit<OutgoingMeasurement, 'images'>) {
  return { timestamp, data, tags }
}

function jsonBody(body: string): Body {
  return { method: 'POST', body, headers: { 'content-type': 'application/json' } }
}

function toBlob(image: ImageBytes): Blob {
  return image instanceof Blob ? image : new Blob([image])
}

/** By the first bytes, as the server tells it. What is no picture goes as JPEG: the server says what it is not. */
async function imageType(image: Blob): Promise<string> {
  const start = new Uint8Array(await image.slice(0, 12).arrayBuffer())
  if (start[0] === 0x89) return 'image/png'
  return String.fromCharCode(...start.slice(8, 12)) === 'WEBP' ? 'image/webp' : 'image/jpeg'
}

function unreachable(url: URL, cause: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'unreachable',
      status: 0,
      detail: `${url.origin} can't be reached. Check the address, the connection, and whether the server is running.`,
    },
    cause,
  )
}
