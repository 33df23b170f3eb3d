import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { NewSession } from '../../domain/accounts/sessions.ts'

const NAME = 'senio_session'

/** The token in the session cookie; null without one. */
export function sessionToken(request: FastifyRequest): string | null {
  return request.cookies[NAME] ?? null
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, session: NewSession): void {
  void reply.setCookie(NAME, session.token, { ...options(request), expires: new Date(session.expires) })
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(NAME, options(request))
}

function options(request: FastifyRequest): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: request.protocol === 'https' }
}
