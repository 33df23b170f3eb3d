import { SenioError, timestampMs, type TimestampMs } from '@senio/protocol'
import type { MeasurementStore, StoredMeasurement } from '../../storage/measurement-store.ts'
import type { FieldId, SensorId, Sensor } from '../../storage/sensor-store.ts'
import type { Storage } from '../../storage/storage.ts'
import { rowsOf } from './copy-tables.ts'
import { MeasurementDigest } from './measurement-digest.ts'
import { type CopyState, saveState } from './state.ts'

/** Values that are read and written at once, about. */
const PAGE_VALUES = 10_000

const EVER = { from: timestampMs(-Number.MAX_VALUE), to: timestampMs(Number.MAX_VALUE) }

/** How far the copy of measurements is. */
export interface SensorProgress {
  readonly name: string
  /** Of all sensors, from 1. */
  readonly number: number
  readonly sensors: number
  /** 0 to 1, of this sensor's stretch of time. */
  readonly share: number
  readonly isVerifying: boolean
}

export interface CopyMeasurementsOptions {
  readonly from: Storage
  readonly to: Storage
  readonly signal: AbortSignal
  readonly onProgress: (progress: SensorProgress) => void
}

/**
 * Copies a sensor's measurements after another's by publishing them to the target, which makes its own rollups, and
 * compares both afterwards.
 */
export async function copyMeasurements(
  begun: CopyState,
  options: CopyMeasurementsOptions,
): Promise<CopyState> {
  const { from, to } = options
  const ids: SensorId[] = []
  for await (const page of rowsOf(from.copies, 'sensor')) {
    for (const { id } of page) ids.push(Number(id) as SensorId)
  }
  let state: CopyState = { ...begun, phase: 'measurements' }
  for (const [index, id] of ids.entries()) {
    if (state.sensor !== null && id < state.sensor) continue
    if (id !== state.sensor) state = { ...state, sensor: id, timestamp: null }
    const sensor = await from.sensors.findById(id)
    if (sensor !== null && sensor.fields.length > 0) {
      const copy = new SensorCopy(sensor, options, (share, isVerifying) =>
        options.onProgress({ name: sensor.name, number: index + 1, sensors: ids.length, share, isVerifying }),
      )
      state = { ...state, measurements: state.measurements + (await copy.run(state)) }
    }
    // The next one is begun, not this one again.
    state = { ...state, sensor: id + 1, timestamp: null }
    await saveState(to, state)
  }
  return state
}

/** The copy of one sensor. */
class SensorCopy {
  readonly #sensor: Sensor
  readonly #options: CopyMeasurementsOptions
  readonly #onShare: (share: number, isVerifying: boolean) => void
  readonly #fields: readonly FieldId[]
  #extent = { first: 0, last: 0 }

  constructor(
    sensor: Sensor,
    options: CopyMeasurementsOptions,
    onShare: (share: number, isVerifying: boolean) => void,
  ) {
    this.#sensor = sensor
    this.#options = options
    this.#onShare = onShare
    this.#fields = sensor.fields.map(({ id }) => id)
  }

  /** @returns how many measurements it has */
  async run(state: CopyState): Promise<number> {
    const { from, to } = this.#options
    const extent = await from.measurements.extent(this.#fields)
    this.#extent = extent ?? this.#extent
    await this.#copy(state)
    const count = await this.#verify()
    if (count !== null) return count
    // What had been copied before was deleted in the source since.
    await to.measurements.deleteRange({ sensor: this.#sensor.id, fields: this.#fields, range: EVER })
    await this.#copy({ ...state, timestamp: null })
    const second = await this.#verify()
    if (second !== null) return second
    throw new SenioError(
      'storage-failing',
      `The values of the sensor "${this.#sensor.name}" are not the same in both: something still publishes to the source. Stop its servers and run the same command again.`,
    )
  }

  async #copy(state: CopyState): Promise<void> {
    const { to } = this.#options
    const after = state.timestamp === null ? null : timestampMs(state.timestamp)
    for await (const page of this.#pages(this.#options.from.measurements, after)) {
      await to.measurements.append(
        page.map((measurement) => ({ sensor: this.#sensor.id, ...measurement })),
        [],
      )
      const timestamp = page.at(-1)?.timestamp ?? null
      await saveState(to, { ...state, timestamp })
      this.#onShare(this.#shareAt(timestamp), false)
    }
  }

  /** @returns how many measurements both have; null when they aren't the same */
  async #verify(): Promise<number | null> {
    const { from, to } = this.#options
    const [there, here] = await Promise.all([this.#digest(from, true), this.#digest(to, false)])
    return there.end() === here.end() ? there.measurements : null
  }

  async #digest({ measurements }: Storage, isShown: boolean): Promise<MeasurementDigest> {
    const digest = new MeasurementDigest(this.#fields)
    for await (const page of this.#pages(measurements, null)) {
      for (const measurement of page) digest.add(measurement)
      if (isShown) this.#onShare(this.#shareAt(page.at(-1)?.timestamp ?? null), true)
    }
    return digest
  }

  /** Ascending; the next page is read while one is used. */
  async *#pages(
    store: MeasurementStore,
    first: TimestampMs | null,
  ): AsyncGenerator<readonly StoredMeasurement[]> {
    const limit = Math.max(10, Math.floor(PAGE_VALUES / this.#fields.length))
    const read = (after: TimestampMs | null): Promise<readonly StoredMeasurement[]> =>
      store.page({
        sensor: this.#sensor.id,
        fields: this.#fields,
        range: EVER,
        limit,
        ...(after === null ? {} : { after }),
      })
    for (let page = await read(first); ;) {
      this.#options.signal.throwIfAborted()
      const last = page.at(-1)
      if (last === undefined) return
      const next = read(last.timestamp)
      // Whoever uses the page may fail first.
      next.catch(() => undefined)
      yield page
      page = await next
    }
  }

  #shareAt(timestamp: number | null): number {
    const { first, last } = this.#extent
    return timestamp === null || last <= first ? 1 : (timestamp - first) / (last - first)
  }
}
