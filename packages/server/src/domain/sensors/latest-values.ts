import { DAY, type FieldValue, timestampMs, type TimestampMs } from '@senio/protocol'
import { fieldType } from '../../fields/index.ts'
import type { MeasurementStore } from '../../storage/measurement-store.ts'
import type { Field, Sensor } from '../../storage/sensor-store.ts'

/** A field's newest value, decoded. */
export interface LatestValue {
  readonly field: Field
  readonly timestamp: TimestampMs
  readonly value: FieldValue
}

/** Fields that one query asks for: engines limit the parameters of a statement. */
const FIELDS_A_QUERY = 500

/**
 * The newest value of each field of each sensor, in the order of the fields; fields without one are absent. Devices'
 * clocks may run ahead by a day, so values of the near future count.
 */
export async function latestValues(
  measurements: MeasurementStore,
  sensors: readonly Sensor[],
  now: TimestampMs,
): Promise<ReadonlyMap<Sensor, readonly LatestValue[]>> {
  const at = timestampMs(now + DAY)
  const ids = sensors.flatMap(({ fields }) => fields.map(({ id }) => id))
  const found = new Map<
    number,
    { readonly timestamp: TimestampMs; readonly value: number | string | Uint8Array }
  >()
  for (let start = 0; start < ids.length; start += FIELDS_A_QUERY) {
    const values = await measurements.valuesAt(ids.slice(start, start + FIELDS_A_QUERY), at)
    for (const [id, value] of values) found.set(id, value)
  }
  return new Map(
    sensors.map((sensor) => [
      sensor,
      sensor.fields.flatMap((field) => {
        const newest = found.get(field.id)
        if (newest === undefined) return []
        return [{ field, timestamp: newest.timestamp, value: fieldType(field.type).decode(newest.value) }]
      }),
    ]),
  )
}
