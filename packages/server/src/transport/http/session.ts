import { meSchema, signInRequestSchema } from '@senio/protocol/api'
import type { Sessions } from '../../domain/accounts/sessions.ts'
import { logEvent } from '../log-events.ts'
import type { App } from './app.ts'
import type { Authoriser } from './authorise.ts'
import type { BaseUrl } from './base-url.ts'
import { refuseForeignOrigin } from './origin.ts'
import { noContent, problemResponses } from './problem-responses.ts'
import { clearSessionCookie, sessionToken, setSessionCookie } from './session-cookie.ts'

export interface SessionServices {
  readonly sessions: Sessions
  readonly authorise: Authoriser
  readonly baseUrl: BaseUrl
}

/** `/session`: signing in and out. */
export function sessionRoutes(app: App, { sessions, authorise, baseUrl }: SessionServices): void {
  app.post(
    '/session',
    {
      schema: {
        tags: ['Account'],
        summary: 'Sign in',
        security: [],
        description: 'Sets the session cookie. Scripts use an API token instead.',
        body: signInRequestSchema,
        response: { 201: meSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      // Another site's page must not sign its visitor in as somebody else.
      refuseForeignOrigin(request, baseUrl)
      const session = await sessions.signIn({ ...request.body, client: request.ip })
      logEvent(request.log, 'signed-in', { client: request.ip, account: session.account.id })
      const before = sessionToken(request)
      if (before !== null) await sessions.end(before)
      setSessionCookie(request, reply, session)
      return reply.status(201).send(session.account)
    },
  )

  app.delete(
    '/session',
    {
      onRequest: authorise.signedIn,
      schema: {
        tags: ['Account'],
        summary: 'Sign out',
        security: [{ cookie: [] }],
        response: { 204: noContent, ...problemResponses },
      },
    },
    async (request, reply) => {
      const token = sessionToken(request)
      if (token !== null) await sessions.end(token)
      logEvent(request.log, 'signed-out', { client: request.ip })
      clearSessionCookie(request, reply)
      // Pictures are kept by browsers for ever, and whoever sits down next shall not find them (W3C Clear Site Data).
      reply.header('clear-site-data', '"cache"')
      return reply.status(204).send(null)
    },
  )
}
