import type { FieldTypeName, TimestampMs } from '@senio/protocol'
import type { AccountId } from './account-store.ts'

export type SensorId = number & { readonly __id: 'sensor' }
export type FieldId = number & { readonly __id: 'field' }

export interface Field {
  readonly id: FieldId
  readonly name: string
  readonly type: FieldTypeName
  /** Empty for none. */
  readonly unit: string
}

export interface Sensor {
  readonly id: SensorId
  readonly owner: AccountId
  /** Unique among the owner's sensors; NFC. */
  readonly name: string
  readonly created: TimestampMs
  /** In the order of their creation, or as reordered since. */
  readonly fields: readonly Field[]
}

export interface NewFieldRow {
  readonly name: string
  readonly type: FieldTypeName
  readonly unit: string
}

/**
 * Sensors and their fields. Names come in checked and normalised; comparison is exact (by code point).
 * Deleting marks rows: they vanish from every answer at once, and `MeasurementStore.purgeDeleted` removes
 * their values later.
 */
export interface SensorStore {
  /** With its first device key, in one transaction. @throws SenioError `name-taken` */
  create(sensor: {
    readonly owner: AccountId
    readonly name: string
    readonly created: TimestampMs
    readonly fields: readonly NewFieldRow[]
    readonly keyHash: string
  }): Promise<Sensor>
  /** null when there is none. */
  find(owner: AccountId, name: string): Promise<Sensor | null>
  findById(id: SensorId): Promise<Sensor | null>
  /** Which of these there are. */
  existing(ids: readonly SensorId[]): Promise<ReadonlySet<SensorId>>
  /** Every owner's sensor of that name, ordered by id: for the command line, which has no account of its own. */
  findByName(name: string): Promise<readonly Sensor[]>
  /** Those after `after`, ordered by name (code points); `search`: only names that contain it, whatever the case. */
  list(
    owner: AccountId,
    query: { readonly search?: string; readonly after: string | null; readonly limit: number },
  ): Promise<readonly Sensor[]>
  /** How many they have. */
  count(owner: AccountId): Promise<number>
  /** @throws SenioError `name-taken`, `not-found` */
  rename(id: SensorId, name: string): Promise<void>
  /** `order` holds each field once. @throws SenioError `not-found` */
  reorder(id: SensorId, order: readonly FieldId[]): Promise<void>
  /** Appended at the end. @throws SenioError `name-taken`, `not-found` */
  addField(id: SensorId, field: NewFieldRow): Promise<Field>
  /** @throws SenioError `name-taken`, `not-found` */
  updateField(field: FieldId, change: { readonly name?: string; readonly unit?: string }): Promise<void>
  /** False when there is none (any more). */
  deleteField(field: FieldId): Promise<boolean>
  /** With its device keys and notes. False when there is none (any more). */
  delete(id: SensorId): Promise<boolean>
}

export interface DeviceKey {
  readonly id: number
  readonly label: string
  readonly created: TimestampMs
  readonly lastUsed: TimestampMs | null
}

/** Device keys. Only a hash is stored. */
export interface DeviceKeyStore {
  create(key: {
    readonly sensor: SensorId
    readonly keyHash: string
    readonly label: string
    readonly created: TimestampMs
  }): Promise<DeviceKey>
  /** Those after `after`, ordered by id. */
  list(sensor: SensorId, after: number | null, limit: number): Promise<readonly DeviceKey[]>
  /** The sensor (not deleted) that a key opens; null when there is none. */
  find(keyHash: string): Promise<{ readonly id: number; readonly sensor: Sensor } | null>
  /** When keys were last used; unknown ids are ignored. Does not change the registry's version. */
  touch(lastUsed: ReadonlyMap<number, TimestampMs>): Promise<void>
  /** False when the sensor has no such key. */
  revoke(sensor: SensorId, id: number): Promise<boolean>
}
