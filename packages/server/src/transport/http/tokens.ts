import {
  apiTokenListSchema,
  createApiTokenRequestSchema,
  createdApiTokenSchema,
  pageQuerySchema,
} from '@senio/protocol/api'
import type { ApiTokens } from '../../domain/accounts/api-tokens.ts'
import { logEvent } from '../log-events.ts'
import type { App } from './app.ts'
import type { Authoriser } from './authorise.ts'
import { idParams } from './parameters.ts'
import { noContent, problemResponses } from './problem-responses.ts'

export interface TokensServices {
  readonly apiTokens: ApiTokens
  readonly authorise: Authoriser
}

/** `/tokens`: the personal API tokens of whoever is signed in. */
export function tokenRoutes(app: App, { apiTokens, authorise }: TokensServices): void {
  const onRequest = authorise.signedIn
  const tags = ['API tokens']

  app.get(
    '/tokens',
    {
      onRequest,
      schema: {
        tags,
        summary: 'List API tokens',
        querystring: pageQuerySchema,
        response: { 200: apiTokenListSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = await authorise.requireAccount(request)
      const { limit, cursor } = request.query
      const { items, next } = await apiTokens.list(id, limit, cursor ?? null)
      return { tokens: [...items], next }
    },
  )

  app.post(
    '/tokens',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Create an API token',
        description: 'The only time that the token itself is shown.',
        body: createApiTokenRequestSchema,
        response: { 201: createdApiTokenSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      const token = await apiTokens.create(id, request.body.label)
      logEvent(request.log, 'token-created', { client: request.ip, token: token.id })
      return reply.status(201).send(token)
    },
  )

  app.delete(
    '/tokens/:id',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Revoke an API token',
        params: idParams,
        response: { 204: noContent, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      await apiTokens.revoke(id, request.params.id)
      logEvent(request.log, 'token-revoked', { client: request.ip, token: request.params.id })
      return reply.status(204).send(null)
    },
  )
}
