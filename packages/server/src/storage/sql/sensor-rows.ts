import type { FieldTypeName, TimestampMs } from '@senio/protocol'
import type { AccountId } from '../account-store.ts'
import type { Field, FieldId, Sensor, SensorId } from '../sensor-store.ts'
import type { SqlDatabase } from './tables.ts'

/** A sensor beside one of its fields, or beside nulls when it has none. */
interface SensorRow {
  readonly id: SensorId
  readonly owner: AccountId
  readonly name: string
  readonly created: TimestampMs
  readonly field_id: FieldId | null
  readonly field_name: string | null
  readonly field_type: FieldTypeName | null
  readonly field_unit: string | null
}

/** Living sensors with their living fields, in one query: it's on the way of every publish. */
export function selectSensors(db: SqlDatabase) {
  return db
    .selectFrom('sensor')
    .leftJoin('field', (join) => join.onRef('field.sensor', '=', 'sensor.id').on('field.deleted', '=', 0))
    .where('sensor.deleted', '=', 0)
    .select([
      'sensor.id',
      'sensor.owner',
      'sensor.name',
      'sensor.created',
      'field.id as field_id',
      'field.name as field_name',
      'field.type as field_type',
      'field.unit as field_unit',
    ])
    .orderBy('field.position')
}

/** Joins rows of the same sensor; sensors stay in the order of their first rows. */
export function groupSensors(rows: readonly SensorRow[]): readonly Sensor[] {
  const sensors = new Map<SensorId, Sensor & { readonly fields: Field[] }>()
  for (const { id, owner, name, created, ...field } of rows) {
    const sensor = sensors.get(id) ?? { id, owner, name, created, fields: [] }
    sensors.set(id, sensor)
    const { field_id: fieldId, field_name: fieldName, field_type: type, field_unit: unit } = field
    if (fieldId !== null && fieldName !== null && type !== null && unit !== null) {
      sensor.fields.push({ id: fieldId, name: fieldName, type, unit })
    }
  }
  return [...sensors.values()]
}
