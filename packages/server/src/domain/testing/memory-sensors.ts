import { SenioError, type TimestampMs } from '@senio/protocol'
import type { MeasurementStore, TimedValue } from '../../storage/measurement-store.ts'
import type {
  DeviceKey,
  DeviceKeyStore,
  Field,
  FieldId,
  NewFieldRow,
  Sensor,
  SensorId,
  SensorStore,
} from '../../storage/sensor-store.ts'
import { deleteWhere, page } from './memory-accounts.ts'

/** The stores of sensors and device keys in memory, for tests; names compare by code unit. */
export function memorySensorStores(): {
  readonly sensors: SensorStore
  readonly deviceKeys: DeviceKeyStore
  /** Grows with every change. */
  readonly sensorChanges: () => number
} {
  const sensorRows = new Map<SensorId, Sensor>()
  const keyRows = new Map<string, { readonly sensor: SensorId; key: DeviceKey }>()
  let lastId = 0
  let version = 0

  function newField(row: NewFieldRow): Field {
    return { id: ++lastId as FieldId, ...row }
  }
  function change(id: SensorId, changed: (sensor: Sensor) => Sensor): void {
    const sensor = sensorRows.get(id)
    if (sensor === undefined) throw new SenioError('not-found', 'There is no such sensor.')
    sensorRows.set(id, changed(sensor))
    version++
  }
  function refuseTaken(taken: boolean): void {
    if (taken) throw new SenioError('name-taken', 'This name is taken.', { field: 'name' })
  }
  function sensorOfField(field: FieldId): Sensor | undefined {
    return [...sensorRows.values()].find(({ fields }) => fields.some(({ id }) => id === field))
  }

  const sensors: SensorStore = {
    async create({ owner, name, created, fields, keyHash }) {
      refuseTaken([...sensorRows.values()].some((row) => row.owner === owner && row.name === name))
      const sensor = { id: ++lastId as SensorId, owner, name, created, fields: fields.map(newField) }
      sensorRows.set(sensor.id, sensor)
      keyRows.set(keyHash, { sensor: sensor.id, key: { id: ++lastId, label: '', created, lastUsed: null } })
      version++
      return sensor
    },
    find: async (owner, name) =>
      [...sensorRows.values()].find((row) => row.owner === owner && row.name === name) ?? null,
    findById: async (id) => sensorRows.get(id) ?? null,
    existing: async (ids) => new Set(ids.filter((id) => sensorRows.has(id))),
    findByName: async (name) => [...sensorRows.values()].filter((row) => row.name === name),
    list: async (owner, { search, after, limit }) =>
      [...sensorRows.values()]
        .filter((row) => row.owner === owner && (after === null || row.name > after))
        .filter((row) => row.name.toLowerCase().includes((search ?? '').toLowerCase()))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .slice(0, limit),
    count: async (owner) => [...sensorRows.values()].filter((row) => row.owner === owner).length,
    async rename(id, name) {
      const owner = sensorRows.get(id)?.owner
      refuseTaken(
        [...sensorRows.values()].some((row) => row.owner === owner && row.name === name && row.id !== id),
      )
      change(id, (sensor) => ({ ...sensor, name }))
    },
    async reorder(id, order) {
      change(id, (sensor) => ({
        ...sensor,
        fields: [...sensor.fields].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)),
      }))
    },
    async addField(id, row) {
      refuseTaken(sensorRows.get(id)?.fields.some(({ name }) => name === row.name) ?? false)
      const field = newField(row)
      change(id, (sensor) => ({ ...sensor, fields: [...sensor.fields, field] }))
      return field
    },
    async updateField(field, changes) {
      const sensor = sensorOfField(field)
      if (sensor === undefined) throw new SenioError('not-found', 'There is no such field.')
      refuseTaken(sensor.fields.some(({ id, name }) => id !== field && name === changes.name))
      const fields = sensor.fields.map((row) => (row.id === field ? { ...row, ...changes } : row))
      change(sensor.id, () => ({ ...sensor, fields }))
    },
    async deleteField(field) {
      const sensor = sensorOfField(field)
      if (sensor === undefined) return false
      change(sensor.id, () => ({ ...sensor, fields: sensor.fields.filter(({ id }) => id !== field) }))
      return true
    },
    async delete(id) {
      version++
      deleteWhere(keyRows, (row) => row.sensor === id)
      return sensorRows.delete(id)
    },
  }

  const deviceKeys: DeviceKeyStore = {
    async create({ sensor, keyHash, label, created }) {
      const key = { id: ++lastId, label, created, lastUsed: null }
      keyRows.set(keyHash, { sensor, key })
      version++
      return key
    },
    list: async (sensor, after, limit) =>
      page(
        [...keyRows.values()].filter((row) => row.sensor === sensor).map(({ key }) => key),
        after,
        limit,
      ),
    async find(keyHash) {
      const row = keyRows.get(keyHash)
      const sensor = row === undefined ? undefined : sensorRows.get(row.sensor)
      return row === undefined || sensor === undefined ? null : { id: row.key.id, sensor }
    },
    async touch(lastUsed) {
      for (const row of keyRows.values()) {
        row.key = { ...row.key, lastUsed: lastUsed.get(row.key.id) ?? row.key.lastUsed }
      }
    },
    async revoke(sensor, id) {
      version++
      return deleteWhere(keyRows, (row) => row.sensor === sensor && row.key.id === id)
    },
  }

  return { sensors, deviceKeys, sensorChanges: () => version }
}

/** The reads of the newest and oldest values, over values given; everything else rejects. */
export function memoryMeasurements(values: ReadonlyMap<FieldId, readonly TimedValue[]>): MeasurementStore {
  async function unused(): Promise<never> {
    throw new SenioError('defect', 'Not needed by these tests.')
  }
  return {
    append: unused,
    series: unused,
    page: unused,
    evenlySpaced: unused,
    tags: unused,
    deleteRange: unused,
    hasValue: unused,
    async valuesAt(fields, at) {
      const newest = fields.flatMap((field) => {
        const last = values.get(field)?.findLast(({ timestamp }) => timestamp <= at)
        return last === undefined ? [] : [[field, last] as const]
      })
      return new Map(newest)
    },
    async extent(fields) {
      const all = fields.flatMap((field) => values.get(field)?.map(({ timestamp }) => timestamp) ?? [])
      if (all.length === 0) return null
      return { first: Math.min(...all) as TimestampMs, last: Math.max(...all) as TimestampMs }
    },
    async purgeDeleted() {},
  }
}
