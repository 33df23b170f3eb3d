/** What a device got back. */
export interface Answer {
  readonly status: number
  /** The parsed body; null when it isn't JSON. */
  readonly json: Readonly<Record<string, unknown>> | null
  readonly body: string
  /** Seconds, as sent; null when it wasn't. */
  readonly retryAfter: string | null
}

export interface DeviceMeasurement {
  readonly timestamp: number
  readonly data?: Readonly<Record<string, unknown>>
  readonly tags?: unknown
}

/** Publishes like a device: plain HTTP with the sensor's key, no retries. */
export class TestDevice {
  readonly name: string
  readonly key: string
  readonly #url: () => string

  constructor(url: () => string, name: string, key: string) {
    this.#url = url
    this.name = name
    this.key = key
  }

  get publishUrl(): string {
    return `${this.#url()}/publish/${encodeURIComponent(this.name)}`
  }

  /** One measurement, or an array of them, as JSON. */
  json(measurement: DeviceMeasurement | readonly DeviceMeasurement[]): Promise<Answer> {
    return this.#post('', 'application/json', JSON.stringify(measurement))
  }

  /** Many measurements, one a line. */
  lines(measurements: readonly DeviceMeasurement[]): Promise<Answer> {
    return this.#post('', 'application/x-ndjson', measurements.map((one) => JSON.stringify(one)).join('\n'))
  }

  /** One measurement with pictures, by their field. */
  multipart(measurement: DeviceMeasurement, images: Readonly<Record<string, Buffer>>): Promise<Answer> {
    const form = new FormData()
    form.set('json', JSON.stringify(measurement))
    for (const [field, bytes] of Object.entries(images)) {
      form.set(field, new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'picture.jpg')
    }
    return this.#post('', null, form)
  }

  /** A picture as the whole body. */
  raw(field: string, timestamp: number, bytes: Buffer, type = 'image/jpeg'): Promise<Answer> {
    const query = `?field=${encodeURIComponent(field)}&timestamp=${timestamp}`
    return this.#post(query, type, new Uint8Array(bytes))
  }

  /** Values with the server's timestamp. */
  stamped(data: Readonly<Record<string, unknown>>): Promise<Answer> {
    return this.#post('?clock=server', 'application/json', JSON.stringify({ data }))
  }

  async #post(query: string, contentType: string | null, body: BodyInit): Promise<Answer> {
    const response = await fetch(`${this.publishUrl}${query}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(contentType === null ? {} : { 'content-type': contentType }),
      },
      body,
    })
    const text = await response.text()
    const retryAfter = response.headers.get('retry-after')
    return { status: response.status, json: parse(text), body: text, retryAfter }
  }
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return null
  }
}
