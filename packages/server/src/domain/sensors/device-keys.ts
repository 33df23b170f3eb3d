import { randomUUID } from 'node:crypto'
import { MINUTE, SenioError, timestampMs, type TimestampMs } from '@senio/protocol'
import type { AccountId } from '../../storage/account-store.ts'
import type { DeviceKey, DeviceKeyStore, Sensor } from '../../storage/sensor-store.ts'
import { hashSecret } from '../secrets.ts'
import type { Clock } from '../clock.ts'
import { idAfter, type Page, toPage } from '../page.ts'
import type { Sensors } from './sensors.ts'
import { VersionedCache } from '../versioned-cache.ts'

/** Most keys of a sensor at a time. */
const MAX_KEYS = 100

const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What a device key opens. */
export interface OpenedKey {
  readonly keyId: number
  readonly sensor: Sensor
}

export interface DeviceKeysOptions {
  readonly deviceKeys: DeviceKeyStore
  /** See `Database.registryVersion`. */
  readonly registryVersion: () => Promise<number>
  /** Finds the sensors and knows whose they are. */
  readonly owned: Sensors
  readonly now: Clock
  /** Told of failures that nobody waits for. */
  readonly report: (error: unknown) => void
}

/** Device keys: UUIDs of which only the SHA-256 is stored. */
export class DeviceKeys {
  readonly #store: DeviceKeyStore
  readonly #owned: Sensors
  readonly #now: Clock
  readonly #report: (error: unknown) => void
  readonly #cache: VersionedCache<OpenedKey>
  #lastUsed = new Map<number, TimestampMs>()
  #timer: NodeJS.Timeout | null = null

  constructor(options: DeviceKeysOptions) {
    this.#store = options.deviceKeys
    this.#owned = options.owned
    this.#now = options.now
    this.#report = options.report
    this.#cache = new VersionedCache(options.registryVersion)
  }

  /** The only time that the key itself is known. @throws SenioError `not-found`, `limit-reached` */
  async create(
    owner: AccountId,
    sensorName: string,
    label: string,
  ): Promise<DeviceKey & { readonly key: string }> {
    const sensor = await this.#owned.get(owner, sensorName)
    const existing = await this.#store.list(sensor.id, null, MAX_KEYS)
    if (existing.length >= MAX_KEYS) {
      throw new SenioError('limit-reached', `A sensor has at most ${MAX_KEYS} device keys. Revoke one first.`)
    }
    const key = randomUUID()
    const row = { sensor: sensor.id, keyHash: hashSecret(key), label, created: this.#now() }
    return { ...(await this.#store.create(row)), key }
  }

  /**
   * Ordered by age.
   * @param cursor null for the first page
   * @throws SenioError `not-found`; `parameter-invalid` for a bad cursor
   */
  async list(
    owner: AccountId,
    sensorName: string,
    limit: number,
    cursor: string | null,
  ): Promise<Page<DeviceKey>> {
    const sensor = await this.#owned.get(owner, sensorName)
    const after = idAfter(cursor)
    const page = toPage(await this.#store.list(sensor.id, after, limit + 1), limit, (key) => key.id)
    return {
      ...page,
      items: page.items.map((key) => ({ ...key, lastUsed: this.#lastUsed.get(key.id) ?? key.lastUsed })),
    }
  }

  /** From now on the key is refused. @throws SenioError `not-found` */
  async revoke(owner: AccountId, sensorName: string, id: number): Promise<void> {
    const sensor = await this.#owned.get(owner, sensorName)
    if (!(await this.#store.revoke(sensor.id, id))) {
      throw new SenioError('not-found', 'The sensor has no such device key.')
    }
  }

  /**
   * What a key opens as of now; null when it is malformed, was revoked or never was. Notes the use, to the minute.
   */
  async open(key: string): Promise<OpenedKey | null> {
    if (!KEY.test(key)) return null
    const hash = hashSecret(key)
    const opened = await this.#cache.get(hash, () => this.#find(hash))
    if (opened !== null) this.#noteUse(opened.keyId)
    return opened
  }

  /** Writes down when keys were last used; also happens by itself once a minute. Never rejects. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const lastUsed = this.#lastUsed
    if (lastUsed.size === 0) return
    this.#lastUsed = new Map()
    try {
      await this.#store.touch(lastUsed)
    } catch (error) {
      this.#report(error)
      // Kept for the next time; what was noted meanwhile is newer.
      this.#lastUsed = new Map([...lastUsed, ...this.#lastUsed])
    }
  }

  /** Call it before the store is closed. */
  async close(): Promise<void> {
    await this.flush()
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  async #find(hash: string): Promise<OpenedKey | null> {
    const found = await this.#store.find(hash)
    return found === null ? null : { keyId: found.id, sensor: found.sensor }
  }

  #noteUse(keyId: number): void {
    this.#lastUsed.set(keyId, timestampMs(Math.floor(this.#now() / MINUTE) * MINUTE))
    this.#timer ??= setTimeout(() => void this.flush(), MINUTE).unref()
  }
}
