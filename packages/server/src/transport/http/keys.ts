import {
  createdDeviceKeySchema,
  createDeviceKeyRequestSchema,
  deviceKeyListSchema,
  pageQuerySchema,
} from '@senio/protocol/api'
import type { DeviceKeys } from '../../domain/sensors/device-keys.ts'
import { logEvent } from '../log-events.ts'
import type { App } from './app.ts'
import type { Authoriser } from './authorise.ts'
import { keyParams, sensorParams } from './parameters.ts'
import { noContent, problemResponses } from './problem-responses.ts'

export interface KeysServices {
  readonly deviceKeys: DeviceKeys
  readonly authorise: Authoriser
}

/** `/sensors/:name/keys`: several at a time, so that they can be rotated. */
export function keyRoutes(app: App, { deviceKeys, authorise }: KeysServices): void {
  const onRequest = authorise.signedIn
  const tags = ['Device keys']

  app.get(
    '/sensors/:name/keys',
    {
      onRequest,
      schema: {
        tags,
        summary: 'List the device keys of a sensor',
        params: sensorParams,
        querystring: pageQuerySchema,
        response: { 200: deviceKeyListSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = await authorise.requireAccount(request)
      const { limit, cursor } = request.query
      const { items, next } = await deviceKeys.list(id, request.params.name, limit, cursor ?? null)
      return { keys: [...items], next }
    },
  )

  app.post(
    '/sensors/:name/keys',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Create a device key',
        description: 'The only time that the key itself is shown.',
        params: sensorParams,
        body: createDeviceKeyRequestSchema,
        response: { 201: createdDeviceKeySchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      const key = await deviceKeys.create(id, request.params.name, request.body.label)
      logEvent(request.log, 'key-created', { client: request.ip, key: key.id })
      return reply.status(201).send(key)
    },
  )

  app.delete(
    '/sensors/:name/keys/:id',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Revoke a device key',
        description: 'It is refused from now on.',
        params: keyParams,
        response: { 204: noContent, ...problemResponses },
      },
    },
    async (request, reply) => {
      const account = await authorise.requireAccount(request)
      await deviceKeys.revoke(account.id, request.params.name, request.params.id)
      logEvent(request.log, 'key-revoked', { client: request.ip, key: request.params.id })
      return reply.status(204).send(null)
    },
  )
}
