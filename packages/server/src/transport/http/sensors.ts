import {
  createdSensorSchema,
  createSensorRequestSchema,
  sensorDetailSchema,
  sensorListQuerySchema,
  sensorListSchema,
  sensorSchema,
  updateSensorRequestSchema,
} from '@senio/protocol/api'
import type { Sensors } from '../../domain/sensors/sensors.ts'
import type { App } from './app.ts'
import type { Authoriser } from './authorise.ts'
import type { BaseUrl } from './base-url.ts'
import { sensorParams } from './parameters.ts'
import { noContent, problemResponses } from './problem-responses.ts'
import { listedSensorJson, sensorJson } from './sensor-json.ts'

/** Bytes: as many fields as a sensor may have, with the longest names and units, every letter escaped. */
const LARGEST_BODY = 128 * 1024

export interface SensorsServices {
  readonly sensors: Sensors
  readonly authorise: Authoriser
  readonly baseUrl: BaseUrl
}

/** `/sensors`: the sensors of whoever is signed in. */
export function sensorRoutes(app: App, { sensors, authorise, baseUrl }: SensorsServices): void {
  const onRequest = authorise.signedIn
  const tags = ['Sensors']

  app.get(
    '/sensors',
    {
      onRequest,
      schema: {
        tags,
        summary: "List sensors with each field's newest value",
        querystring: sensorListQuerySchema,
        response: { 200: sensorListSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = await authorise.requireAccount(request)
      const { search, limit, cursor } = request.query
      const page = await sensors.list(id, { search: search ?? null, limit, cursor: cursor ?? null })
      return {
        sensors: page.items.map((item) => listedSensorJson(item, request, baseUrl)),
        next: page.next,
      }
    },
  )

  app.post(
    '/sensors',
    {
      onRequest,
      bodyLimit: LARGEST_BODY,
      schema: {
        tags,
        summary: 'Create a sensor with its first device key',
        description: 'The only time that this key is shown.',
        body: createSensorRequestSchema,
        response: { 201: createdSensorSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      const { sensor, key } = await sensors.create(id, request.body)
      return reply.status(201).send({ ...sensorJson(sensor, request, baseUrl), key })
    },
  )

  app.get(
    '/sensors/:name',
    {
      onRequest,
      schema: {
        tags,
        summary: 'One sensor, and when it measured first and last',
        params: sensorParams,
        response: { 200: sensorDetailSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = await authorise.requireAccount(request)
      const { sensor, first, last } = await sensors.detail(id, request.params.name)
      return { ...sensorJson(sensor, request, baseUrl), first, last }
    },
  )

  app.patch(
    '/sensors/:name',
    {
      onRequest,
      bodyLimit: LARGEST_BODY,
      schema: {
        tags,
        summary: 'Rename a sensor, reorder its fields',
        params: sensorParams,
        body: updateSensorRequestSchema,
        response: { 200: sensorSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = await authorise.requireAccount(request)
      const sensor = await sensors.update(id, request.params.name, request.body)
      return sensorJson(sensor, request, baseUrl)
    },
  )

  app.delete(
    '/sensors/:name',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Delete a sensor',
        description: 'With everything that it measured.',
        params: sensorParams,
        response: { 204: noContent, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      await sensors.delete(id, request.params.name)
      return reply.status(204).send(null)
    },
  )
}
