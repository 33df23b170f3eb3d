import type {
  CreatedSensorJson,
  CreateSensorRequest,
  NewField,
  SensorDetailJson,
  SensorJson,
  SensorListJson,
  UpdateFieldRequest,
  UpdateSensorRequest,
} from '@senio/protocol/api'
import { apiPath, type Http, type ReadOptions } from '../request.ts'
import type { PageQuery } from './page-query.ts'

export interface SensorListQuery extends PageQuery {
  /** Only names that contain this, whatever the case. */
  readonly search?: string | undefined
}

export function sensorsResource(http: Http) {
  return {
    /** Ordered by name, with each field's newest value. */
    list: (query: SensorListQuery = {}, options?: ReadOptions) =>
      http.get<SensorListJson>(apiPath('sensors'), { ...query }, options),
    get: (name: string, options?: ReadOptions) =>
      http.get<SensorDetailJson>(apiPath('sensors', name), {}, options),
    /** With its first device key: the only time that it is given. */
    create: (request: CreateSensorRequest) =>
      http.send<CreatedSensorJson>('POST', apiPath('sensors'), request),
    update: (name: string, change: UpdateSensorRequest) =>
      http.send<SensorJson>('PATCH', apiPath('sensors', name), change),
    delete: (name: string) => http.send<void>('DELETE', apiPath('sensors', name)),
  }
}

/** The fields of a sensor. They are read with the sensor, and reordered by updating it. */
export function fieldsResource(http: Http) {
  return {
    /** Appended at the end. */
    add: (sensor: string, field: NewField) =>
      http.send<SensorJson>('POST', apiPath('sensors', sensor, 'fields'), field),
    update: (sensor: string, field: string, change: UpdateFieldRequest) =>
      http.send<SensorJson>('PATCH', apiPath('sensors', sensor, 'fields', field), change),
    /** With all of its values. */
    delete: (sensor: string, field: string) =>
      http.send<void>('DELETE', apiPath('sensors', sensor, 'fields', field)),
  }
}
