import type { MeasurementJson } from '@senio/protocol/api'
import type { SensorId } from '../../storage/sensor-store.ts'

export type LiveListener = (measurement: MeasurementJson) => void

/** Tells whoever listens to a sensor about each measurement once it is stored. */
export interface LiveEvents {
  /** @param measurements called once if anybody listens, at once */
  publish(sensor: SensorId, measurements: () => Iterable<MeasurementJson>): void
  /** @returns ends the subscription */
  subscribe(sensor: SensorId, listener: LiveListener): () => void
}

/** Live events within one process. */
export class LocalLiveEvents implements LiveEvents {
  readonly #listeners = new Map<SensorId, Set<LiveListener>>()

  publish(sensor: SensorId, measurements: () => Iterable<MeasurementJson>): void {
    const listeners = this.#listeners.get(sensor)
    if (listeners === undefined) return
    for (const measurement of measurements()) for (const listener of listeners) listener(measurement)
  }

  subscribe(sensor: SensorId, listener: LiveListener): () => void {
    const listeners = this.#listeners.get(sensor) ?? new Set()
    this.#listeners.set(sensor, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(sensor)
    }
  }
}
