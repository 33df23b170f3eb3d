import { SenioError } from '@senio/protocol'
import type { App } from './app.ts'

/** Refuses a query whose percent escapes are broken or not UTF-8; Node's parsers would take them for other characters. */
export function requireEncodedQuery(app: App): void {
  app.addHook('onRequest', ({ url }, _reply, done) => {
    const mark = url.indexOf('?')
    if (mark < 0 || url.indexOf('%', mark) < 0) return done()
    try {
      decodeURIComponent(url.slice(mark + 1))
      done()
    } catch (cause) {
      const detail = 'The query is not valid: a percent escape in it is broken.'
      done(new SenioError('malformed-url', detail, { cause }))
    }
  })
}
