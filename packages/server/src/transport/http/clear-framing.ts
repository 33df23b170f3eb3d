import type { IncomingMessage } from 'node:http'
import { SenioError } from '@senio/protocol'
import type { App } from './app.ts'
import { countHeader } from './count-header.ts'

/**
 * Refuses what could be read in two ways, by us and by a proxy before us: an HTTP/1.1 request without exactly one
 * Host header (RFC 9112 section 3.2), and transfer codings other than chunked, which Node would pass on as if they
 * were none (sections 6.1 and 7.4). Nobody knows where such a request ends: the connection is closed.
 */
export function requireClearFraming(app: App): void {
  app.addHook('onRequest', ({ raw }, reply, done) => {
    const fault = framingFault(raw)
    if (fault === null) return done()
    reply.header('connection', 'close')
    done(new SenioError('malformed-request', fault))
  })
}

/** What is unclear about a request's framing; null when nothing is. */
export function framingFault(request: IncomingMessage): string | null {
  return hostFault(request) ?? codingFault(request)
}

function hostFault(request: IncomingMessage): string | null {
  const hosts = countHeader(request, 'host')
  if (hosts === 1 || (hosts === 0 && request.httpVersion === '1.0')) return null
  return `The request has ${hosts === 0 ? 'no' : 'more than one'} Host header.`
}

function codingFault({ headers, httpVersion }: IncomingMessage): string | null {
  const coding = headers['transfer-encoding']
  if (coding === undefined) return null
  if (httpVersion === '1.0') return 'HTTP/1.0 has no Transfer-Encoding.'
  return coding.toLowerCase() === 'chunked' ? null : 'The Transfer-Encoding can only be chunked.'
}
