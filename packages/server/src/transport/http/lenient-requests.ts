import { SenioError } from '@senio/protocol'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { App } from './app.ts'

/**
 * What forms and scripts leave out: an empty parameter (`?from=&to=`) is an absent one, and no body an empty object where
 * that says enough. What is left is validated as strictly as ever.
 */
export function takeLeftOut(app: App): void {
  app.addHook('preValidation', (request, _reply, done) => {
    dropEmptyParameters(request)
    const schema = request.routeOptions.schema?.body as z.ZodType | undefined
    if (schema === undefined || (request.body ?? null) !== null || isSent(request)) return done()
    if (!schema.safeParse({}).success) return done(noBody())
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

function noBody(): SenioError {
  return new SenioError(
    'malformed-json',
    'The request has no body. Send a JSON object, as application/json; /api/docs says what belongs into it.',
  )
}
