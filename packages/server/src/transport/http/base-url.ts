import type { FastifyRequest } from 'fastify'

/** The address under which a client reaches this server, without a slash at its end. */
export type BaseUrl = (request: FastifyRequest) => string

/**
 * @param publicUrl as configured, without a slash at its end; absent: as the request came in (behind a trusted
 *   proxy: as it came to that)
 */
export function baseUrlOf(publicUrl: string | undefined): BaseUrl {
  if (publicUrl !== undefined) return () => publicUrl
  return (request) => `${request.protocol}://${request.host === '' ? 'localhost' : request.host}`
}
