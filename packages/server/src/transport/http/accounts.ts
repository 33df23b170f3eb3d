import {
  accountListSchema,
  accountSchema,
  createAccountRequestSchema,
  pageQuerySchema,
} from '@senio/protocol/api'
import type { Accounts } from '../../domain/accounts/accounts.ts'
import type { Sessions } from '../../domain/accounts/sessions.ts'
import type { AccountId } from '../../storage/account-store.ts'
import { logEvent } from '../log-events.ts'
import type { App } from './app.ts'
import type { Authoriser } from './authorise.ts'
import { idParams } from './parameters.ts'
import { noContent, problemResponses } from './problem-responses.ts'

export interface AccountsServices {
  readonly accounts: Accounts
  readonly sessions: Pick<Sessions, 'endAll'>
  readonly authorise: Authoriser
}

/** `/accounts`: the people of the installation, for administrators. */
export function accountRoutes(app: App, { accounts, sessions, authorise }: AccountsServices): void {
  const onRequest = authorise.administrator
  const tags = ['Accounts (administrators)']

  app.get(
    '/accounts',
    {
      onRequest,
      schema: {
        tags,
        summary: 'List accounts',
        querystring: pageQuerySchema,
        response: { 200: accountListSchema, ...problemResponses },
      },
    },
    async ({ query }) => {
      const { items, next } = await accounts.list(query.limit, query.cursor ?? null)
      return { accounts: [...items], next }
    },
  )

  app.post(
    '/accounts',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Create an account',
        body: createAccountRequestSchema,
        response: { 201: accountSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const account = await accounts.create(request.body)
      logEvent(request.log, 'account-created', { client: request.ip, target: account.id })
      return reply.status(201).send(account)
    },
  )

  app.delete(
    '/accounts/:id',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Delete an account',
        description: 'With its sensors and everything that they measured.',
        params: idParams,
        response: { 204: noContent, ...problemResponses },
      },
    },
    async (request, reply) => {
      await accounts.delete(request.params.id as AccountId)
      logEvent(request.log, 'account-deleted', { client: request.ip, target: request.params.id })
      return reply.status(204).send(null)
    },
  )

  app.delete(
    '/accounts/:id/sessions',
    {
      onRequest,
      schema: {
        tags,
        summary: 'Sign an account out everywhere',
        description: 'Ends every session of it. API tokens and device keys stay.',
        params: idParams,
        response: { 204: noContent, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { id } = await sessions.endAll(request.params.id as AccountId)
      logEvent(request.log, 'sessions-ended', { client: request.ip, target: id })
      return reply.status(204).send(null)
    },
  )
}
