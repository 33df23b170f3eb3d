import { type Client, createClient } from '@senio/client'
import type { MeasurementJson } from '@senio/protocol/api'
import { TestDevice } from './test-device.ts'

/** A person's scripts: the REST API with a token. */
export class TestAccount {
  readonly token: string
  /** A function, because a server may come back under another address. */
  readonly #url: () => string

  constructor(url: () => string, token: string) {
    this.#url = url
    this.token = token
  }

  get client(): Client {
    return createClient({ baseUrl: this.#url(), token: this.token })
  }

  /** A new sensor with the device that publishes to it. Fields are spelled `name:type[:unit]`. */
  async sensor(name: string, fields: readonly string[]): Promise<TestDevice> {
    const { key } = await this.client.sensors.create({
      name,
      fields: fields.map((spec) => {
        const [field = '', type = '', unit = ''] = spec.split(':')
        return { name: field, type: type as 'scalar', unit }
      }),
    })
    return new TestDevice(this.#url, name, key)
  }

  /** Everything that a sensor published, oldest first. */
  async measurements(sensor: string): Promise<readonly MeasurementJson[]> {
    const response = await this.#get(`${encodeURIComponent(sensor)}/measurements`, 'application/x-ndjson')
    const text = await response.text()
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as MeasurementJson)
  }

  async image(sensor: string, sha1: string, size = 'original'): Promise<Buffer> {
    const response = await this.#get(`${encodeURIComponent(sensor)}/images/${sha1}?size=${size}`, '*/*')
    return Buffer.from(await response.arrayBuffer())
  }

  async #get(path: string, accept: string): Promise<Response> {
    const response = await fetch(`${this.#url()}/api/v1/sensors/${path}`, {
      headers: { authorization: `Bearer ${this.token}`, accept },
    })
    if (!response.ok) throw new Error(`GET ${path} got ${response.status}: ${await response.text()}`)
    return response
  }
}
