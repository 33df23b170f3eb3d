import { changePasswordRequestSchema, meSchema } from '@senio/protocol/api'
import type { Sessions } from '../../domain/accounts/sessions.ts'
import { logEvent } from '../log-events.ts'
import type { App } from './app.ts'
import type { Authoriser } from './authorise.ts'
import { problemResponses } from './problem-responses.ts'
import { sessionToken } from './session-cookie.ts'

export interface MeServices {
  readonly sessions: Sessions
  readonly authorise: Authoriser
}

/** `/me`: who is signed in. */
export function meRoutes(app: App, { sessions, authorise }: MeServices): void {
  app.get(
    '/me',
    {
      onRequest: authorise.signedIn,
      schema: {
        tags: ['Account'],
        summary: 'Who is signed in',
        response: { 200: meSchema, ...problemResponses },
      },
    },
    async (request) => authorise.requireAccount(request),
  )

  app.patch(
    '/me',
    {
      onRequest: authorise.signedIn,
      schema: {
        tags: ['Account'],
        summary: 'Change the password',
        description: 'Ends every other session.',
        body: changePasswordRequestSchema,
        response: { 200: meSchema, ...problemResponses },
      },
    },
    async (request) => {
      const account = await authorise.requireAccount(request)
      const session = sessionToken(request)
      await sessions.changePassword({ ...request.body, account, session, client: request.ip })
      logEvent(request.log, 'password-changed', { client: request.ip })
      return account
    },
  )
}
