import { randomUUID } from 'node:crypto'
import { isStorableText, normaliseName, parseSensorName, SenioError, type TimestampMs } from '@senio/protocol'
import type { AccountId } from '../../storage/account-store.ts'
import type { MeasurementStore } from '../../storage/measurement-store.ts'
import type { Sensor, SensorStore } from '../../storage/sensor-store.ts'
import { hashSecret } from '../secrets.ts'
import type { Clock } from '../clock.ts'
import { toRange } from '../query/range.ts'
import { selectFields } from '../query/select-fields.ts'
import { type Page, toPage } from '../page.ts'
import { decodeTextCursor } from '../query/cursor.ts'
import { VersionedCache } from '../versioned-cache.ts'
import { parseFields, type RequestedField } from './fields-of-request.ts'
import { type LatestValue, latestValues } from './latest-values.ts'

/** Most sensors of an account. */
const MAX_SENSORS = 10_000

export interface SensorsOptions {
  readonly sensors: SensorStore
  /** See `Database.registryVersion`. */
  readonly registryVersion: () => Promise<number>
  readonly measurements: MeasurementStore
  readonly now: Clock
  /** Starts the removal of what is marked as deleted; doesn't wait for it. */
  readonly purge: () => void
}

/** A sensor as it stands in a list. */
export interface ListedSensor {
  readonly sensor: Sensor
  /** In the order of the fields; fields without values are absent. */
  readonly latest: readonly LatestValue[]
}

/** A sensor with the timestamps of its oldest and newest value; null while it has none. */
export interface SensorDetail {
  readonly sensor: Sensor
  readonly first: TimestampMs | null
  readonly last: TimestampMs | null
}

/** An account's sensors. Whatever belongs to somebody else is `not-found`, as if it didn't exist. */
export class Sensors {
  readonly #sensors: SensorStore
  readonly #measurements: MeasurementStore
  readonly #now: Clock
  readonly #purge: () => void
  readonly #cache: VersionedCache<Sensor>

  constructor(options: SensorsOptions) {
    this.#sensors = options.sensors
    this.#measurements = options.measurements
    this.#now = options.now
    this.#purge = options.purge
    this.#cache = new VersionedCache(options.registryVersion)
  }

  /**
   * With its first device key: the only time that the key is known.
   * @throws SenioError `parameter-invalid`, `name-taken`, `limit-reached`
   */
  async create(
    owner: AccountId,
    request: { readonly name: string; readonly fields: readonly RequestedField[] },
  ): Promise<{ readonly sensor: Sensor; readonly key: string }> {
    const name = parseSensorName(request.name)
    const fields = parseFields(request.fields)
    if ((await this.#sensors.count(owner)) >= MAX_SENSORS) {
      throw new SenioError(
        'limit-reached',
        `An account has at most ${MAX_SENSORS} sensors. Delete some first.`,
      )
    }
    const key = randomUUID()
    const row = { owner, name, created: this.#now(), fields, keyHash: hashSecret(key) }
    return { sensor: await this.#sensors.create(row), key }
  }

  /** @throws SenioError `not-found` */
  async get(owner: AccountId, name: string): Promise<Sensor> {
    const sensor = isStorableText(name) ? await this.#find(owner, normaliseName(name)) : null
    if (sensor === null) throw new SenioError('not-found', 'There is no such sensor.')
    return sensor
  }

  #find(owner: AccountId, name: string): Promise<Sensor | null> {
    return this.#cache.get(`${owner} ${name}`, () => this.#sensors.find(owner, name))
  }

  /** @throws SenioError `not-found` */
  async detail(owner: AccountId, name: string): Promise<SensorDetail> {
    const sensor = await this.get(owner, name)
    const extent = await this.#measurements.extent(sensor.fields.map(({ id }) => id))
    return { sensor, first: extent?.first ?? null, last: extent?.last ?? null }
  }

  /**
   * Ordered by name.
   * @param query.search only names that contain it, whatever the case; null or empty for all
   * @param query.cursor null for the first page
   * @throws SenioError `parameter-invalid` for a bad cursor
   */
  async list(
    owner: AccountId,
    query: { readonly search: string | null; readonly limit: number; readonly cursor: string | null },
  ): Promise<Page<ListedSensor>> {
    const { limit, cursor } = query
    const search = normaliseName(query.search ?? '')
    const after = cursor === null ? null : decodeTextCursor(cursor)
    if (!isStorableText(search) || !isStorableText(after ?? '')) return { items: [], next: null }
    const rows = await this.#sensors.list(owner, {
      ...(search === '' ? {} : { search }),
      after,
      limit: limit + 1,
    })
    const page = toPage(rows, limit, (sensor) => sensor.name)
    const latest = await latestValues(this.#measurements, page.items, this.#now())
    return { ...page, items: page.items.map((sensor) => ({ sensor, latest: latest.get(sensor) ?? [] })) }
  }

  /**
   * Renames it or reorders its fields, or both.
   * @param change.order the name of each field once
   * @throws SenioError `not-found`, `name-taken`, `parameter-invalid`
   */
  async update(
    owner: AccountId,
    name: string,
    change: { readonly name?: string | undefined; readonly order?: readonly string[] | undefined },
  ): Promise<Sensor> {
    const sensor = await this.get(owner, name)
    const newName = change.name === undefined ? sensor.name : parseSensorName(change.name)
    const order = change.order === undefined ? null : parseOrder(sensor, change.order)
    if (newName !== sensor.name) await this.#sensors.rename(sensor.id, newName)
    if (order !== null) await this.#sensors.reorder(sensor.id, order)
    return await this.get(owner, newName)
  }

  /**
   * Deletes what it measured in `[from, to)`; pictures go when nothing refers to them any more.
   * @param query.fields names; undefined for all
   * @returns how many values were deleted
   * @throws SenioError `not-found`, `unknown-field`, `parameter-invalid` for a reversed range
   */
  async deleteMeasurements(
    owner: AccountId,
    name: string,
    query: { readonly fields?: readonly string[] | undefined; readonly from: number; readonly to: number },
  ): Promise<number> {
    const sensor = await this.get(owner, name)
    const fields = selectFields(sensor, query.fields).map(({ id }) => id)
    const range = toRange(query.from, query.to)
    return this.#measurements.deleteRange({ sensor: sensor.id, fields, range })
  }

  /** With everything that it measured. @throws SenioError `not-found` */
  async delete(owner: AccountId, name: string): Promise<void> {
    const sensor = await this.get(owner, name)
    if (!(await this.#sensors.delete(sensor.id)))
      throw new SenioError('not-found', 'There is no such sensor.')
    this.#purge()
  }
}

function parseOrder(sensor: Sensor, names: readonly string[]) {
  const fields = new Map(sensor.fields.map((field) => [field.name, field.id]))
  const order = new Set(names.flatMap((name) => fields.get(normaliseName(name)) ?? []))
  if (order.size !== fields.size || names.length !== fields.size) {
    throw new SenioError(
      'parameter-invalid',
      `"order" holds the name of each field of the sensor once: ${[...fields.keys()].join(', ')}.`,
      { field: 'order' },
    )
  }
  return [...order]
}
