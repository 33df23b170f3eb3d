import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { App } from './app.ts'

interface Waiting {
  readonly response: ServerResponse
  readonly keepsAlive: boolean
}

/** Requests whose client waits to be told to go on before it sends the body. */
const waiting = new WeakMap<IncomingMessage, Waiting>()

/**
 * `Expect: 100-continue` (curl sends it with larger files): a client that isn't let in is refused before it has
 * sent anything. Node alone would ask for the body first.
 */
export function deferContinue(server: Server, handler: RequestListener): Server {
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

/** For every route whose body is parsed before its handler: it may come once the request was let in. */
export function allowBodies(app: App, options: { readonly except: string }): void {
  app.addHook('preParsing', ({ raw, routeOptions }, _reply, _payload, done) => {
    if (routeOptions.url !== options.except) allowBody(raw)
    done()
  })
}
