import type { CreateDeviceKeyRequest, CreatedDeviceKeyJson, DeviceKeyListJson } from '@senio/protocol/api'
import { apiPath, type Http, type ReadOptions } from '../request.ts'
import type { PageQuery } from './page-query.ts'

/** The device keys of a sensor. */
export function keysResource(http: Http) {
  return {
    list: (sensor: string, query: PageQuery = {}, options?: ReadOptions) =>
      http.get<DeviceKeyListJson>(apiPath('sensors', sensor, 'keys'), { ...query }, options),
    /** The only time that the key itself is given. */
    create: (sensor: string, request: CreateDeviceKeyRequest) =>
      http.send<CreatedDeviceKeyJson>('POST', apiPath('sensors', sensor, 'keys'), request),
    revoke: (sensor: string, id: number) => http.send<void>('DELETE', apiPath('sensors', sensor, 'keys', id)),
  }
}
