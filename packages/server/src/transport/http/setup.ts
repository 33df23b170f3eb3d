import { meSchema, setupRequestSchema, setupStateSchema } from '@senio/protocol/api'
import type { Sessions } from '../../domain/accounts/sessions.ts'
import type { Setup } from '../../domain/accounts/setup.ts'
import { logEvent } from '../log-events.ts'
import type { App } from './app.ts'
import type { BaseUrl } from './base-url.ts'
import { refuseForeignOrigin } from './origin.ts'
import { problemResponses } from './problem-responses.ts'
import { setSessionCookie } from './session-cookie.ts'

export interface SetupServices {
  readonly setup: Setup
  readonly sessions: Sessions
  readonly baseUrl: BaseUrl
}

/** `/setup`: the first account, by the one-time link that the server prints. */
export function setupRoutes(app: App, { setup, sessions, baseUrl }: SetupServices): void {
  app.get(
    '/setup',
    {
      schema: {
        tags: ['Account'],
        summary: 'Whether this installation waits for its first account',
        security: [],
        response: { 200: setupStateSchema, ...problemResponses },
      },
    },
    async () => ({ needed: await setup.isNeeded() }),
  )

  app.post(
    '/setup',
    {
      schema: {
        tags: ['Account'],
        summary: 'Create the first account and sign in',
        security: [],
        body: setupRequestSchema,
        response: { 201: meSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      refuseForeignOrigin(request, baseUrl)
      const session = await sessions.begin(await setup.complete(request.body))
      logEvent(request.log, 'signed-in', { client: request.ip, account: session.account.id })
      setSessionCookie(request, reply, session)
      return reply.status(201).send(session.account)
    },
  )
}
