import { SenioError } from '@senio/protocol'
import type { FastifyRequest } from 'fastify'
import type { BaseUrl } from './base-url.ts'

/**
 * Refuses what another site's page sent, by the headers that pages can't forge: `Sec-Fetch-Site`, or an `Origin`
 * that equals neither the address of the request nor the configured one. Browsers send at least one of them with
 * every write; who sends none is a script, which nobody can trick into sending a cookie.
 *
 * @throws SenioError `wrong-origin`
 */
export function refuseForeignOrigin(request: FastifyRequest, baseUrl: BaseUrl): void {
  const { origin, 'sec-fetch-site': site } = request.headers
  // Proxies that rewrite Host break the comparison of Origin, not this.
  if (site === 'same-origin') return
  if (site === undefined && (origin === undefined || isOwn(origin, request, baseUrl))) return
  throw new SenioError(
    'wrong-origin',
    'A write with the session cookie must come from the web app itself. Scripts send "Authorization: Bearer <API token>".',
  )
}

function isOwn(origin: string, request: FastifyRequest, baseUrl: BaseUrl): boolean {
  const host = hostOf(origin)
  return host !== null && (host === request.host.toLowerCase() || host === hostOf(baseUrl(request)))
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null
}
