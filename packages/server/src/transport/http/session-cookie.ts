import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { NewSession } from '../../domain/accounts/sessions.ts'

const NAME = 'senio_session'

/**
 * Over https: browsers then take it from this host alone, never from a neighbour that shares the domain, and send it over
 * https only (RFC 6265bis, section 4.1.3.2).
 */
const HOST_NAME = '__Host-senio_session'

/** The token in the session cookie; null without one. */
export function sessionToken(request: FastifyRequest): string | null {
  return request.cookies[nameFor(request)] ?? null
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, session: NewSession): void {
  void reply.setCookie(nameFor(request), session.token, {
    ...options(request),
    expires: new Date(session.expires),
  })
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(nameFor(request), options(request))
}

function nameFor(request: FastifyRequest): string {
  return request.protocol === 'https' ? HOST_NAME : NAME
}

function options(request: FastifyRequest): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' }
}
