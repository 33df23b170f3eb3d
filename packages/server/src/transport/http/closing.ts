import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { SenioError } from '@senio/protocol'
import type { App } from './app.ts'
import type { ConnectionLimit } from './connection-limit.ts'
import { drained } from './body/drain.ts'

/** Milliseconds that are left to a connection without a request when the server no longer listens. */
const LAST_WAIT = 500

/** How far the closing of a server has come. */
export interface Closing {
  stage: 'open' | 'refusing' | 'closing'
}

export interface ClosingOptions {
  readonly closing: Closing
  /** Milliseconds between being asked and listening no longer; none when nobody is connected. */
  readonly grace: number
  readonly connections: Pick<ConnectionLimit, 'open'>
}

/**
 * Refuses requests from the moment that the server is asked to close, and ends connections so that no request gets
 * lost on the way: a client that has just sent one on an open connection, or is just connecting, is still answered.
 *
 */
export function refuseWhileClosing(app: App, { closing, grace, connections }: ClosingOptions): void {
  const silent = silentConnections(app)
  app.addHook('preClose', async () => {
    closing.stage = 'refusing'
    if (grace > 0 && connections.open > 0) await delay(grace)
    closing.stage = 'closing'
    // Node takes them for busy, and would wait for their first request for ever.
    setTimeout(() => {
      for (const socket of silent) socket.destroy()
    }, LAST_WAIT).unref()
  })
  app.addHook('onRequest', (request, reply, done) => {
    if (closing.stage === 'open') return done()
    reply.header('connection', 'close')
    const refusal = new SenioError('shutting-down', 'The server is being stopped. Try again in a moment.', {
      retryAfter: 5,
    })
    // Closing a connection with unread bytes resets it, and the answer may be lost.
    drained(request.raw, () => done(refusal))
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing.stage !== 'open') reply.header('connection', 'close')
    done()
  })
  app.addHook('onResponse', (request, _reply, done) => {
    // Its head was sent before the closing and promised to keep the connection.
    if (closing.stage === 'closing') request.raw.socket.end()
    done()
  })
}

/** The connections on which no request has come yet. */
function silentConnections(app: App): ReadonlySet<Socket> {
  const silent = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  for (const event of ['request', 'checkContinue']) {
    app.server.prependListener(event, ({ socket }: { readonly socket: Socket }) => silent.delete(socket))
  }
  return silent
}
