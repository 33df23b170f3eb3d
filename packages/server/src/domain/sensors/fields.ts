import { normaliseName, parseFieldName, parseUnit, SenioError } from '@senio/protocol'
import type { AccountId } from '../../storage/account-store.ts'
import type { Field, Sensor, SensorStore } from '../../storage/sensor-store.ts'
import { checkFieldCount, parseField, type RequestedField } from './fields-of-request.ts'
import type { Sensors } from './sensors.ts'

export interface FieldsOptions {
  readonly sensors: SensorStore
  /** Finds the sensors and knows whose they are. */
  readonly owned: Sensors
  /** Starts the removal of what is marked as deleted; doesn't wait for it. */
  readonly purge: () => void
}

/** The fields of an account's sensors. Each call gives the sensor as it is afterwards. */
export class Fields {
  readonly #sensors: SensorStore
  readonly #owned: Sensors
  readonly #purge: () => void

  constructor(options: FieldsOptions) {
    this.#sensors = options.sensors
    this.#owned = options.owned
    this.#purge = options.purge
  }

  /** Appended at the end. @throws SenioError `not-found`, `name-taken`, `parameter-invalid`, `limit-reached` */
  async add(owner: AccountId, sensorName: string, request: RequestedField): Promise<Sensor> {
    const sensor = await this.#owned.get(owner, sensorName)
    const field = parseField(request)
    checkFieldCount(sensor.fields.length + 1)
    await this.#sensors.addField(sensor.id, field)
    return await this.#owned.get(owner, sensor.name)
  }

  /** The type can't change. @throws SenioError `not-found`, `name-taken`, `parameter-invalid` */
  async update(
    owner: AccountId,
    sensorName: string,
    fieldName: string,
    change: { readonly name?: string | undefined; readonly unit?: string | undefined },
  ): Promise<Sensor> {
    const sensor = await this.#owned.get(owner, sensorName)
    const field = fieldOf(sensor, fieldName)
    await this.#sensors.updateField(field.id, {
      ...(change.name === undefined ? {} : { name: parseFieldName(change.name) }),
      ...(change.unit === undefined ? {} : { unit: parseUnit(change.unit) }),
    })
    return await this.#owned.get(owner, sensor.name)
  }

  /** With all of its values. @throws SenioError `not-found` */
  async delete(owner: AccountId, sensorName: string, fieldName: string): Promise<void> {
    const sensor = await this.#owned.get(owner, sensorName)
    if (!(await this.#sensors.deleteField(fieldOf(sensor, fieldName).id))) throw noSuchField()
    this.#purge()
  }
}

function fieldOf(sensor: Sensor, name: string): Field {
  const wanted = normaliseName(name)
  const field = sensor.fields.find((candidate) => candidate.name === wanted)
  if (field === undefined) throw noSuchField()
  return field
}

function noSuchField(): SenioError {
  return new SenioError('not-found', 'The sensor has no such field.')
}
