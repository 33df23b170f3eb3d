import { SenioError } from '@senio/protocol'
import type { App } from './app.ts'
import { countHeader } from './count-header.ts'

/** RFC 9112 section 3.2: refuses an HTTP/1.1 request without exactly one Host header. */
export function requireOneHost(app: App): void {
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    const hosts = countHeader(raw, 'host')
    if (hosts === 1 || (hosts === 0 && raw.httpVersion === '1.0')) return done()
    const how = hosts === 0 ? 'no' : 'more than one'
    done(new SenioError('malformed-request', `The request has ${how} Host header.`))
  })
}
