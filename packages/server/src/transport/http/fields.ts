import { newFieldSchema, sensorSchema, updateFieldRequestSchema } from '@senio/protocol/api'
import type { Fields } from '../../domain/sensors/fields.ts'
import type { App } from './app.ts'
import type { Authoriser } from './authorise.ts'
import type { BaseUrl } from './base-url.ts'
import { fieldParams, sensorParams } from './parameters.ts'
import { noContent, problemResponses } from './problem-responses.ts'
import { sensorJson } from './sensor-json.ts'

export interface FieldsServices {
  readonly fields: Fields
  readonly authorise: Authoriser
  readonly baseUrl: BaseUrl
}

/** `/sensors/:name/fields`: they are read with the sensor, and reordered by changing it. */
export function fieldRoutes(app: App, { fields, authorise, baseUrl }: FieldsServices): void {
  const onRequest = authorise.signedIn
  const tags = ['Fields']

  app.post(
    '/sensors/:name/fields',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Add a field at the end',
        params: sensorParams,
        body: newFieldSchema,
        response: { 201: sensorSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      const sensor = await fields.add(id, request.params.name, request.body)
      return reply.status(201).send(sensorJson(sensor, request, baseUrl))
    },
  )

  app.patch(
    '/sensors/:name/fields/:field',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Rename a field, change its unit',
        description: "Its type can't change.",
        params: fieldParams,
        body: updateFieldRequestSchema,
        response: { 200: sensorSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = await authorise.requireAccount(request)
      const { name, field } = request.params
      return sensorJson(await fields.update(id, name, field, request.body), request, baseUrl)
    },
  )

  app.delete(
    '/sensors/:name/fields/:field',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Delete a field',
        description: 'With all of its values.',
        params: fieldParams,
        response: { 204: noContent, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      await fields.delete(id, request.params.name, request.params.field)
      return reply.status(204).send(null)
    },
  )
}
