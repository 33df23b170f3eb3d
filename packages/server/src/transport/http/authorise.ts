import { SenioError } from '@senio/protocol'
import type { FastifyRequest } from 'fastify'
import type { ApiTokens } from '../../domain/accounts/api-tokens.ts'
import type { Sessions } from '../../domain/accounts/sessions.ts'
import type { Account } from '../../storage/account-store.ts'
import { logEvent } from '../log-events.ts'
import { noteAccount } from './asker.ts'
import { countHeader } from './count-header.ts'
import type { BaseUrl } from './base-url.ts'
import type { CredentialUses } from './credential-uses.ts'
import { refuseForeignOrigin } from './origin.ts'
import { sessionToken } from './session-cookie.ts'

/** Decides for every route of the REST API, pictures included, who asks. Each request is looked up once. */
export interface Authoriser {
  /**
   * The account of the API token in `Authorization: Bearer`, or of the session cookie.
   * @throws SenioError `not-signed-in`; `wrong-origin` for a write with the cookie from elsewhere;
   *   `malformed-request`
   */
  requireAccount(request: FastifyRequest): Promise<Account>
  /** @throws SenioError as `requireAccount`; `not-allowed` */
  requireAdmin(request: FastifyRequest): Promise<Account>
  /** What `requireAccount` found the account by; requests with the same are signed in alike. */
  credentialOf(request: FastifyRequest): string
  /**
   * Whether who asked is signed in to this day: for answers that go on. Looked up anew; true while that can't be
   * told.
   */
  isStillSignedIn(request: FastifyRequest): Promise<boolean>
  /** As `requireAccount`, for `onRequest`: strangers are refused before anything of the request is looked at. */
  readonly signedIn: (request: FastifyRequest) => Promise<void>
  /** As `requireAdmin`, for `onRequest`. */
  readonly administrator: (request: FastifyRequest) => Promise<void>
}

export interface AuthoriserServices {
  readonly sessions: Sessions
  readonly apiTokens: ApiTokens
  readonly baseUrl: BaseUrl
  readonly tokenUses: CredentialUses
}

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

export function authoriser(services: AuthoriserServices): Authoriser {
  const known = new WeakMap<FastifyRequest, Promise<Account>>()

  function requireAccount(request: FastifyRequest): Promise<Account> {
    const account = known.get(request) ?? findAsker(request, services)
    known.set(request, account)
    return account
  }

  async function requireAdmin(request: FastifyRequest): Promise<Account> {
    const account = await requireAccount(request)
    if (account.role !== 'admin') {
      throw new SenioError('not-allowed', 'Only an administrator of this installation may do this.')
    }
    return account
  }

  return {
    requireAccount,
    requireAdmin,
    credentialOf: (request) => bearerToken(request) ?? sessionToken(request) ?? '',
    async isStillSignedIn(request) {
      try {
        await findCredential(request, services)
        return true
      } catch (error) {
        return !(error instanceof SenioError && error.code === 'not-signed-in')
      }
    },
    async signedIn(request) {
      await requireAccount(request)
    },
    async administrator(request) {
      await requireAdmin(request)
    },
  }
}

/** Who asks, noted for the log even if they may not. */
async function findAsker(request: FastifyRequest, services: AuthoriserServices): Promise<Account> {
  const { account, token } = await findCredential(request, services)
  noteAccount(request, account.id)
  if (token !== null && services.tokenUses.isNew(token, request.ip)) {
    logEvent(request.log, 'token-used', { token, client: request.ip })
  }
  if (token === null && !READS.has(request.method)) refuseForeignOrigin(request, services.baseUrl)
  return account
}

/** @returns the id of the API token; null with a session */
async function findCredential(
  request: FastifyRequest,
  { sessions, apiTokens }: AuthoriserServices,
): Promise<{ readonly account: Account; readonly token: number | null }> {
  const bearer = bearerToken(request)
  const session = bearer === null ? sessionToken(request) : null
  const opened = bearer === null ? null : await apiTokens.open(bearer)
  const account = opened?.account ?? (session === null ? null : await sessions.accountBySession(session))
  if (account === null) {
    throw new SenioError(
      'not-signed-in',
      bearer === null
        ? 'Sign in, or send "Authorization: Bearer <API token>".'
        : 'The API token is wrong or was revoked. Create one in the account settings; device keys open /publish only.',
    )
  }
  return { account, token: opened?.id ?? null }
}

/** null without one; other schemes are somebody else's, for example those of a proxy that asks for a password. */
function bearerToken(request: FastifyRequest): string | null {
  if (countHeader(request.raw, 'authorization') > 1) {
    throw new SenioError('malformed-request', 'The request has more than one Authorization header.')
  }
  const header = request.headers.authorization ?? ''
  return /^bearer(?: |$)/i.test(header) ? header.slice('bearer'.length).trim() : null
}
