import type { IncomingMessage, RequestListener } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import { framingFault } from './clear-framing.ts'
import type { Closing } from './closing.ts'
import type { Publish, PublishExchange } from './publish.ts'
import { isAnsweredRaw } from './raw-answer.ts'

/** A name and a query that mean what they say: nothing to decode, nothing to refuse. */
const PLAIN_URL = /^\/publish\/([\w~-][\w.~-]*)(?:\?[\w.~&=-]*)?$/

export interface PlainPublishOptions {
  readonly publish: Publish
  readonly closing: Closing
  /** A logger for one request. */
  readonly log: () => FastifyBaseLogger
  /** Told the status of each answer given here. */
  readonly onAnswer: (status: number) => void
}

/**
 * Answers what devices send all day, a plain request, at once: the pipeline of the framework costs more than everything
 * else that a measurement, or sending a picture away, needs of this thread. Anything unusual goes its whole way,
 * `otherwise`, and ends in the same implementation.
 */
export function plainPublishFirst(otherwise: RequestListener, options: PlainPublishOptions): RequestListener {
  const { publish, closing, log, onAnswer } = options
  async function answer(exchange: PublishExchange): Promise<void> {
    await publish(exchange)
    const { request, response } = exchange
    if (response.headersSent && !isAnsweredRaw(request.socket)) onAnswer(response.statusCode)
  }
  return (request, response) => {
    const name = closing.stage === 'open' ? plainName(request) : null
    if (name === null) return otherwise(request, response)
    void answer({ request, response, name, log })
  }
}

/** The sensor's name; null when the request isn't plain. */
function plainName(request: IncomingMessage): string | null {
  if (request.method !== 'POST') return null
  const name = PLAIN_URL.exec(request.url ?? '')?.[1]
  if (name === undefined) return null
  return request.headers['transfer-encoding'] === undefined && framingFault(request) === null ? name : null
}
