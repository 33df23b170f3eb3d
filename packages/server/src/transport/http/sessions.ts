import { sessionListSchema } from '@senio/protocol/api'
import { z } from 'zod'
import type { Sessions } from '../../domain/accounts/sessions.ts'
import { logEvent } from '../log-events.ts'
import type { App } from './app.ts'
import type { Authoriser } from './authorise.ts'
import { noContent, problemResponses } from './problem-responses.ts'
import { sessionToken } from './session-cookie.ts'

export interface SessionListServices {
  readonly sessions: Sessions
  readonly authorise: Authoriser
}

const sessionParams = z.object({ id: z.string().meta({ description: 'an id as the list gives it' }) })

/** `/sessions`: where whoever is signed in is signed in. */
export function sessionListRoutes(app: App, { sessions, authorise }: SessionListServices): void {
  const onRequest = authorise.signedIn
  const tags = ['Account']

  app.get(
    '/sessions',
    {
      onRequest,
      schema: {
        tags,
        summary: 'List sessions',
        description: 'Newest first, at most 100.',
        response: { 200: sessionListSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = await authorise.requireAccount(request)
      return { sessions: [...(await sessions.list(id, sessionToken(request)))], next: null }
    },
  )

  app.delete(
    '/sessions',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Sign out everywhere else',
        description: 'Ends every session but the one that asks; with an API token all of them.',
        response: { 204: noContent, ...problemResponses },
      },
    },
    async (request, reply) => {
      const account = await authorise.requireAccount(request)
      await sessions.endOthers(account, sessionToken(request))
      logEvent(request.log, 'sessions-ended', { client: request.ip, target: account.id })
      return reply.status(204).send(null)
    },
  )

  app.delete(
    '/sessions/:id',
    {
      onRequest,
      schema: {
        tags,
        summary: 'End a session',
        params: sessionParams,
        response: { 204: noContent, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await authorise.requireAccount(request)
      await sessions.endById(id, request.params.id)
      logEvent(request.log, 'sessions-ended', { client: request.ip, target: id })
      return reply.status(204).send(null)
    },
  )
}
