import type { MeasurementJson } from '@senio/protocol/api'
import type { SensorId } from '../../storage/sensor-store.ts'
import type { LiveEvents, LiveListener } from './live-events.ts'

/** Live events within one process. */
export class LocalLiveEvents implements LiveEvents {
  readonly #listeners = new Map<SensorId, Set<LiveListener>>()

  publish(sensor: SensorId, measurements: () => Iterable<MeasurementJson>): void {
    const listeners = this.#listeners.get(sensor)
    if (listeners === undefined) return
    for (const measurement of measurements()) {
      for (const { onMeasurement } of listeners) onMeasurement(measurement)
    }
  }

  /** Listeners of a sensor, or of all, may have missed something. */
  publishMissed(sensor: SensorId | null): void {
    const listeners = sensor === null ? [...this.#listeners.values()] : [this.#listeners.get(sensor) ?? []]
    for (const those of listeners) for (const { onMissed } of those) onMissed()
  }

  async subscribe(sensor: SensorId, listener: LiveListener): Promise<() => void> {
    const listeners = this.#listeners.get(sensor) ?? new Set()
    this.#listeners.set(sensor, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      // Another set may have taken its place since.
      if (listeners.size === 0 && this.#listeners.get(sensor) === listeners) this.#listeners.delete(sensor)
    }
  }
}
