import { SenioError } from '@senio/protocol'
import type { FastifyRequest } from 'fastify'
import type { BaseUrl } from './base-url.ts'

/** Where a request says that it comes from: the headers that pages can't forge. */
type Origin = 'own' | 'foreign' | 'unknown'

/**
 * `own` when the browser says that the page is ours, by `Sec-Fetch-Site` or by an `Origin` that equals the address
 * of the request or the configured one; `unknown` when it says nothing, as scripts do.
 */
function originOf(request: FastifyRequest, baseUrl: BaseUrl): Origin {
  const { origin, 'sec-fetch-site': site } = request.headers
  // Proxies that rewrite Host break the comparison of Origin, not this.
  if (site === 'same-origin') return 'own'
  if (origin === undefined) return site === undefined ? 'unknown' : 'foreign'
  const host = hostOf(origin)
  const own = host !== null && (host === request.host.toLowerCase() || host === hostOf(baseUrl(request)))
  return own && site === undefined ? 'own' : 'foreign'
}

/** @throws SenioError `wrong-origin` when another site's page sent it */
export function refuseForeignOrigin(request: FastifyRequest, baseUrl: BaseUrl): void {
  if (originOf(request, baseUrl) === 'foreign') throw wrongOrigin()
}

/** @throws SenioError `wrong-origin` unless our own page sent it */
export function requireOwnOrigin(request: FastifyRequest, baseUrl: BaseUrl): void {
  if (originOf(request, baseUrl) !== 'own') throw wrongOrigin()
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null
}

function wrongOrigin(): SenioError {
  return new SenioError(
    'wrong-origin',
    'A write with the session cookie must come from the web app itself. Scripts send "Authorization: Bearer <API token>".',
  )
}
