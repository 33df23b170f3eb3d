import { SenioError } from '@senio/protocol'
import type { App } from './app.ts'

/** RFC 9112 section 3.2: refuses an HTTP/1.1 request without exactly one Host header. */
export function requireOneHost(app: App): void {
  app.addHook('onRequest', async ({ raw }) => {
    const hosts = raw.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length
    if (hosts === 1 || (hosts === 0 && raw.httpVersion === '1.0')) return
    throw new SenioError(
      'malformed-request',
      `The request has ${hosts === 0 ? 'no' : 'more than one'} Host header.`,
    )
  })
}
