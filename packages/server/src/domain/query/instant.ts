import type { TimestampMs } from '@senio/protocol'
import type { InstantJson, LatestValueJson } from '@senio/protocol/api'
import { fieldType } from '../../fields/index.ts'
import type { MeasurementStore, TimedValue } from '../../storage/measurement-store.ts'
import type { FieldId, Sensor } from '../../storage/sensor-store.ts'
import { taggedValueAt } from './tagged-values.ts'

/**
 * Every field's value at or before an instant, pictures included; fields without one are absent.
 * @param tag only values of measurements found by this word count; undefined: all
 */
export async function queryInstant(
  store: MeasurementStore,
  sensor: Sensor,
  t: TimestampMs,
  tag?: string,
): Promise<InstantJson> {
  const values = await (tag === undefined
    ? store.valuesAt(
        sensor.fields.map(({ id }) => id),
        t,
      )
    : taggedValuesAt(store, sensor, t, tag))
  const fields: Record<string, LatestValueJson> = {}
  for (const field of sensor.fields) {
    const found = values.get(field.id)
    if (found === undefined) continue
    fields[field.name] = { timestamp: found.timestamp, value: fieldType(field.type).decode(found.value) }
  }
  return { t, fields }
}

async function taggedValuesAt(
  store: MeasurementStore,
  sensor: Sensor,
  t: TimestampMs,
  tag: string,
): Promise<ReadonlyMap<FieldId, TimedValue>> {
  const values = await Promise.all(
    sensor.fields.map(
      async ({ id }) => [id, await taggedValueAt(store, { sensor: sensor.id, field: id, tag }, t)] as const,
    ),
  )
  return new Map(values.flatMap(([id, value]) => (value === null ? [] : [[id, value] as const])))
}
