import { SenioError } from '@senio/protocol'
import type { App } from './app.ts'

/** Refuses bodies that are declared as compressed: nothing here inflates them. */
export function requirePlainBodies(app: App): void {
  app.addHook('preParsing', ({ headers }, _reply, _payload, done) => {
    const encoding = headers['content-encoding'] ?? 'identity'
    if (encoding.toLowerCase() === 'identity') return done()
    done(new SenioError('unsupported-encoding', 'Send the body as it is, without Content-Encoding.'))
  })
}
