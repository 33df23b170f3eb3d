import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type ErrorCode, errorKind } from '@senio/protocol'
import { expect } from 'vitest'
import type { AccountId } from '../storage/account-store.ts'
import { copiedTables, type CopiedRow, type CopiedTable } from '../storage/copy-store.ts'
import type { Sensor, SensorId } from '../storage/sensor-store.ts'
import { RawConnection } from './raw-connection.ts'
import { TestServer, type TestServerOptions } from './test-server.ts'

/** An answer, from whatever client. */
export interface SiteAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly json: Readonly<Record<string, unknown>> | null
  readonly body: Buffer
}

/** Before every timestamp that tests choose themselves. */
const GOOD_TIMES = 1_500_000_000_000
/** From here on. */
const HOSTILE_TIMES = 1_650_000_000_000

const FIELDS = [
  'temp:scalar:celsius',
  'cam1:image',
  'cam2:image',
  'door:boolean',
  'place:location',
  'Größe:scalar',
]

/** A request of which every byte is the test's. */
export interface SiteRequest {
  /** POST by default. */
  readonly method?: string
  /** The publish path of "rpi" by default. */
  readonly path?: string
  /** Lines without their ends; the device key by default. */
  readonly headers?: readonly string[]
  readonly body?: string | Uint8Array
}

/** A listening server with an account and the sensor "rpi", to be maltreated over real sockets. */
export class PublishSite {
  readonly server: TestServer
  readonly url: string
  readonly key: string
  readonly token: string
  readonly owner: AccountId
  #good = GOOD_TIMES
  #hostile = HOSTILE_TIMES

  private constructor(server: TestServer, url: string, key: string, owner: AccountId, token: string) {
    this.server = server
    this.url = url
    this.key = key
    this.owner = owner
    this.token = token
  }

  static async open(options: TestServerOptions = {}): Promise<PublishSite> {
    const server = await TestServer.start(options)
    const { id, token } = await server.account()
    const { key } = await server.sensor('rpi', FIELDS, id)
    return new PublishSite(server, await server.listen(), key, id, token)
  }

  close(): Promise<void> {
    return this.server.stop()
  }

  /** The beginning of a publish request up to the headers of its body, each line ended. */
  head(query = ''): string {
    return `POST /publish/rpi${query} HTTP/1.1\r\nHost: senio\r\nAuthorization: Bearer ${this.key}\r\n`
  }

  raw(request: string | Buffer): Promise<SiteAnswer> {
    return RawConnection.exchange(this.url, request)
  }

  /** A timestamp that nobody has used yet. */
  nextTime(): number {
    return (this.#hostile += 1000)
  }

  /** Sends what no HTTP library would. */
  send({
    method = 'POST',
    path = '/publish/rpi',
    headers = [`Authorization: Bearer ${this.key}`],
    body = '',
  }: SiteRequest): Promise<SiteAnswer> {
    const length = body.length === 0 ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
    const head = [`${method} ${path} HTTP/1.1`, 'Host: senio', ...headers, ...length, '', ''].join('\r\n')
    return this.raw(Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body as string)]))
  }

  async post(body: string | Uint8Array, contentType = 'application/json', query = ''): Promise<SiteAnswer> {
    const response = await fetch(`${this.url}/publish/rpi${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.key}`, 'content-type': contentType },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
    return toAnswer(response)
  }

  /** The REST API below `/api/v1/sensors/rpi`, or below the root for a path that begins with a slash. */
  async get(path: string, accept = 'application/json'): Promise<SiteAnswer> {
    const full = path.startsWith('/') ? path : `/api/v1/sensors/rpi/${path}`
    return toAnswer(
      await fetch(`${this.url}${full}`, { headers: { authorization: `Bearer ${this.token}`, accept } }),
    )
  }

  /** A measurement as it should be: true when it is stored. */
  async takesGood(): Promise<boolean> {
    const timestamp = (this.#good += 1000)
    return (await this.post(JSON.stringify({ timestamp, data: { temp: 20 } }))).status === 201
  }

  /** How much is stored, of all sensors, without the good measurements of this driver; and how many drafts are left. */
  async counts(): Promise<{
    readonly measurements: number
    readonly images: number
    readonly blobs: number
    readonly drafts: number
  }> {
    const { storage, services } = this.server.installation
    let measurements = 0
    for (const sensor of await this.#sensors()) {
      const isOurs = sensor.owner === this.owner && sensor.name === 'rpi'
      const from = isOurs ? { from: this.#good + 1 } : {}
      const stored = await services.queries.measurements(sensor, { ...from, limit: 1000 })
      measurements += stored.measurements.length
    }
    const images = await storage.images.list(null, 1000)
    let blobs = 0
    for await (const _ of storage.originals.list()) blobs++
    const { drafts } = await this.server.files()
    return { measurements, images: images.length, blobs, drafts }
  }

  async #sensors(): Promise<readonly Sensor[]> {
    const { copies, sensors } = this.server.installation.storage
    const rows = await copies.rows('sensor', null, 1000)
    const found = await Promise.all(rows.map(({ id }) => sensors.findById(id as SensorId)))
    return found.filter((sensor) => sensor !== null)
  }

  /** Every row of the ordinary tables: accounts, sessions, tokens, sensors, fields, keys, views, notes. */
  async ordinaryRows(): Promise<Readonly<Record<CopiedTable, readonly CopiedRow[]>>> {
    const { copies } = this.server.installation.storage
    const found: Partial<Record<CopiedTable, readonly CopiedRow[]>> = {}
    for (const table of copiedTables) {
      const rows = await copies.rows(table, null, 1000)
      // That something was used is noted by the way.
      found[table] = rows.map((row) => ({ ...row, last_used: null }))
    }
    return found as Record<CopiedTable, readonly CopiedRow[]>
  }

  /** Waits until nothing is received any more: whoever was cut off may not have been noticed yet. */
  async settled(): Promise<void> {
    for (let i = 0; i < 100 && (await this.server.files()).drafts > 0; i++) await delay(20)
  }

  /** What is stored, without the good measurements of this driver; and drafts, of which there should be none. */
  async state(): Promise<unknown> {
    const { services, storage } = this.server.installation
    const sensor = await services.sensors.get(this.owner, 'rpi')
    const { measurements } = await services.queries.measurements(sensor, { limit: 1000 })
    const images = await storage.images.list(null, 1000)
    return {
      measurements: measurements.filter(({ timestamp }) => timestamp > this.#good),
      images: images.map(({ sha1 }) => sha1),
      files: await this.server.files(),
    }
  }

  /** Does something bad, and sees to it that nothing of it stays and that the next good measurement is taken. */
  async expectHarmless(attack: () => Promise<void>): Promise<void> {
    const before = await this.state()
    await attack()
    await this.settled()
    expect(await this.state()).toEqual(before)
    expect(await this.takesGood()).toBe(true)
  }
}

/** A refusal with exactly this code, in the form that every refusal has. */
export function expectProblem(answer: SiteAnswer, code: ErrorCode): void {
  const { status, title } = errorKind(code)
  expect(answer).toMatchObject({
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    json: { code, status, title, type: expect.any(String), detail: expect.any(String) },
  })
}

export function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex')
}

async function toAnswer(response: Response): Promise<SiteAnswer> {
  const body = Buffer.from(await response.arrayBuffer())
  let json: SiteAnswer['json'] = null
  try {
    json = JSON.parse(body.toString('utf8')) as SiteAnswer['json']
  } catch {
    // Not everything is JSON.
  }
  return { status: response.status, headers: Object.fromEntries(response.headers), json, body }
}
