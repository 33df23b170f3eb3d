import type { SensorJson } from '@senio/protocol/api'
import type { Sensor } from '../storage/sensor-store.ts'

/** A sensor as the REST API gives it. */
export function sensorJson(sensor: Sensor, publishUrl: string): SensorJson {
  return {
    name: sensor.name,
    fields: Object.fromEntries(sensor.fields.map(({ name, unit, type }) => [name, { unit, type }])),
    created: sensor.created,
    publishUrl,
  }
}
