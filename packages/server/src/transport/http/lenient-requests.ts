import type { FastifyRequest } from 'fastify'
import type { App } from './app.ts'

/**
 * What forms and scripts leave out: an empty parameter (`?from=&to=`) is an absent one, and no body an empty object.
 * What is left is validated as strictly as ever.
 */
export function takeLeftOut(app: App): void {
  app.addHook('preValidation', (request, _reply, done) => {
    dropEmptyParameters(request)
    const takesBody = request.routeOptions.schema?.body !== undefined
    if (takesBody && (request.body === undefined || request.body === null) && !isSent(request))
      request.body = {}
    done()
  })
}

function dropEmptyParameters({ query }: FastifyRequest): void {
  if (typeof query !== 'object' || query === null) return
  for (const [name, value] of Object.entries(query)) if (value === '') Reflect.deleteProperty(query, name)
}

/** Whether there is a body: `null` may have been sent as well. */
export function isSent({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
