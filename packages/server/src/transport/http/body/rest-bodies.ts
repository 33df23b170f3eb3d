import { SenioError } from '@senio/protocol'
import type { FastifyRequest } from 'fastify'
import type { BodyMemory, HeldBody } from '../../../domain/overload/body-memory.ts'
import type { App } from '../app.ts'
import { isSent } from '../lenient-requests.ts'
import { readBody } from './read-body.ts'
import { parseStrictJson, refuseReservedKeys } from './strict-json.ts'

/** Bytes of a body, unless its route says otherwise: a note of the longest text, escaped, a password, names. */
export const USUAL_BODY = 16 * 1024

export interface RestBodyServices {
  readonly bodyMemory: Pick<BodyMemory, 'hold'>
  /** Milliseconds without a byte after which a body is given up. */
  readonly bodyTimeout: number
}

/** In the place of a body. The framework would close the connection over an error while the client still sends. */
class RefusedBody {
  readonly why: unknown

  constructor(why: unknown) {
    this.why = why
  }
}

/** Takes JSON as publishing does: with the same limits of time and memory, as strictly, and with the same refusals. */
export function takeJsonBodies(api: App, { bodyMemory, bodyTimeout }: RestBodyServices): void {
  const heldBodies = new WeakMap<FastifyRequest, HeldBody>()

  async function read(request: FastifyRequest): Promise<unknown> {
    const held = heldBodies.get(request) ?? bodyMemory.hold()
    const most = request.routeOptions.bodyLimit ?? USUAL_BODY
    const bytes = await readBody(
      { request: request.raw, timeout: bodyTimeout, held },
      { bytes: () => most, advice: 'This address takes no more.' },
    )
    held.grow(bytes.length)
    const json = parseStrictJson(bytes)
    refuseReservedKeys(json)
    return json
  }

  api.removeAllContentTypeParsers()
  api.addContentTypeParser('application/json', (request: FastifyRequest) =>
    read(request).catch((error: unknown) => new RefusedBody(error)),
  )
  api.addContentTypeParser('*', async () => {
    return new RefusedBody(new SenioError('unsupported-content-type', 'Send the body as application/json.'))
  })
  api.addHook('preParsing', (request, reply, _payload, done) => {
    if (isSent(request)) {
      const held = bodyMemory.hold()
      heldBodies.set(request, held)
      reply.raw.once('close', () => held.release())
    }
    done()
  })
  api.addHook('preValidation', ({ body }, _reply, done) => {
    if (!(body instanceof RefusedBody)) return done()
    done(body.why instanceof Error ? body.why : new Error('A body could not be read.', { cause: body.why }))
  })
}
