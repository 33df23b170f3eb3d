import type { MeasurementJson } from '@senio/protocol/api'
import type { SensorId } from '../../storage/sensor-store.ts'

/** Somebody who wants to know what a sensor publishes. */
export interface LiveListener {
  readonly onMeasurement: (measurement: MeasurementJson) => void
  /** There may have been measurements that aren't told: ask for them. */
  readonly onMissed: () => void
}

/** Tells whoever listens to a sensor about each measurement once it is stored. */
export interface LiveEvents {
  /** @param measurements may be called several times, at once, or not at all */
  publish(sensor: SensorId, measurements: () => Iterable<MeasurementJson>): void
  /** @returns ends the subscription; what is stored after it resolved is told */
  subscribe(sensor: SensorId, listener: LiveListener): Promise<() => void>
}
