import type { FieldsJson, LatestValueJson, ListedSensorJson, SensorJson } from '@senio/protocol/api'
import type { FastifyRequest } from 'fastify'
import type { ListedSensor } from '../../domain/sensors/sensors.ts'
import type { Sensor } from '../../storage/sensor-store.ts'
import type { BaseUrl } from './base-url.ts'

/** A sensor as everywhere on the wire. */
export function sensorJson(sensor: Sensor, request: FastifyRequest, baseUrl: BaseUrl): SensorJson {
  const fields: FieldsJson = {}
  for (const { name, unit, type } of sensor.fields) fields[name] = { unit, type }
  const publishUrl = `${baseUrl(request)}/publish/${encodeURIComponent(sensor.name)}`
  return { name: sensor.name, fields, created: sensor.created, publishUrl }
}

export function listedSensorJson(
  { sensor, latest }: ListedSensor,
  request: FastifyRequest,
  baseUrl: BaseUrl,
): ListedSensorJson {
  const values: Record<string, LatestValueJson> = {}
  for (const { field, timestamp, value } of latest) values[field.name] = { timestamp, value }
  return { ...sensorJson(sensor, request, baseUrl), latest: values }
}
