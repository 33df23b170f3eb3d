import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { SenioError } from '@senio/protocol'
import type { App } from './app.ts'

interface Waiting {
  readonly response: ServerResponse
  readonly keepsAlive: boolean
}

/** Requests whose client expects what isn't known. */
const unmet = new WeakSet<IncomingMessage>()

/** Requests whose client waits to be told to go on before it sends the body. */
const waiting = new WeakMap<IncomingMessage, Waiting>()

/**
 * `Expect: 100-continue` (curl sends it with larger files): a client that isn't let in is refused before it has
 * sent anything. Node alone would ask for the body first, and answer other expectations with a bare status.
 */
export function deferContinue(server: Server, handler: RequestListener): Server {
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    unmet.add(request)
    handler(request, response)
  })
  return server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    waiting.set(request, { response, keepsAlive: response.shouldKeepAlive })
    // Whether the body of a refused request still comes is up to the client: what follows could be either.
    response.shouldKeepAlive = false
    handler(request, response)
  })
}

/** Tells the client, if it waits for that, that the body may come now. */
export function allowBody(request: IncomingMessage): void {
  const found = waiting.get(request)
  if (found === undefined) return
  waiting.delete(request)
  found.response.shouldKeepAlive = found.keepsAlive
  found.response.writeContinue()
}

/** Whether the client hasn't been told yet: its body may never come. */
export function awaitsContinue(request: IncomingMessage): boolean {
  return waiting.has(request)
}

/** Refuses whoever expects something else: nobody here knows how to meet that (RFC 9110, section 10.1.1). */
export function refuseUnknownExpectations(app: App): void {
  app.addHook('onRequest', ({ raw }, reply, done) => {
    if (!unmet.has(raw)) return done()
    // Whether the body still comes is up to the client.
    reply.header('connection', 'close')
    done(new SenioError('expectation-failed', 'The header Expect can only be 100-continue.'))
  })
}
