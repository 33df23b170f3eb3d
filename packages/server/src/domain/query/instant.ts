import type { TimestampMs } from '@senio/protocol'
import type { InstantJson, LatestValueJson } from '@senio/protocol/api'
import { fieldType } from '../../fields/index.ts'
import type { MeasurementStore } from '../../storage/measurement-store.ts'
import type { Sensor } from '../../storage/sensor-store.ts'

/** Every field's value at or before an instant, pictures included; fields without one are absent. */
export async function queryInstant(
  store: MeasurementStore,
  sensor: Sensor,
  t: TimestampMs,
): Promise<InstantJson> {
  const values = await store.valuesAt(
    sensor.fields.map(({ id }) => id),
    t,
  )
  const fields: Record<string, LatestValueJson> = {}
  for (const field of sensor.fields) {
    const found = values.get(field.id)
    if (found === undefined) continue
    fields[field.name] = { timestamp: found.timestamp, value: fieldType(field.type).decode(found.value) }
  }
  return { t, fields }
}
