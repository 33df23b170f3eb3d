import type { IncomingMessage } from 'node:http'
import { type ErrorCode, SenioError, toProblem } from '@senio/protocol'
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify'
import { logEvent } from '../log-events.ts'
import { isAnsweredRaw } from './raw-answer.ts'

/** What Fastify and Node report themselves, by their code. */
const foreign: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_BAD_URL: ['malformed-url', 'The path is not valid: a percent escape in it is broken.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-content-type', 'Send the body as application/json.'],
  ECONNRESET: ['malformed-request', 'The connection ended before the body did.'],
  ERR_STREAM_PREMATURE_CLOSE: ['malformed-request', 'The connection ended before the body did.'],
  HPE_INVALID_CHUNK_SIZE: ['malformed-request', 'The chunked body is broken.'],
}

/** Any error as one of Senio's; bugs and what nobody foresaw become `defect`. */
export function toSenioError(error: unknown): SenioError {
  if (error instanceof SenioError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = foreign[code]
  if (known !== undefined) return new SenioError(known[0], known[1], { cause: error })
  return new SenioError(
    'defect',
    'Something went wrong inside Senio. The log of the server has the details.',
    {
      cause: error,
    },
  )
}

/** What is answered to an error; `body` is JSON. */
interface ErrorAnswer {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
}

/** Told by the thousand when they are told at all: the metrics count them, and a line for each would make it worse. */
const CROWDED: ReadonlySet<ErrorCode> = new Set(['overloaded', 'shutting-down'])

/** Answers with problem+json; bugs and failing storage are logged with the request. */
export function sendError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  onRefusal: (error: SenioError) => void = () => undefined,
): FastifyReply {
  const refusal = toSenioError(error)
  const { status, headers, body } = errorAnswer(refusal, request.raw, () => request.log)
  if (!isAnsweredRaw(request.raw.socket)) onRefusal(refusal)
  return reply.status(status).headers(headers).send(body)
}

/** As problem+json; bugs and failing storage are logged. @param log the request's */
export function errorAnswer(
  senioError: SenioError,
  request: IncomingMessage,
  log: () => FastifyBaseLogger,
): ErrorAnswer {
  if (senioError.status >= 500 && !CROWDED.has(senioError.code)) {
    logEvent(log(), 'request-failed', { code: senioError.code, err: senioError.cause ?? senioError })
  }
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json; charset=utf-8',
    // The cookie was refused or is missing: nothing of the kind of answer may be kept by a cache.
    'cache-control': 'no-store',
  }
  // Nobody waits for the rest of the body any more.
  const isGivenUp = request.destroyed && !request.complete
  if (isGivenUp || senioError.code === 'body-too-slow') headers['connection'] = 'close'
  if (senioError.retryAfter !== undefined) headers['retry-after'] = String(senioError.retryAfter)
  else if (senioError.status === 503 || senioError.status === 507) headers['retry-after'] = '5'
  return {
    status: senioError.status,
    headers,
    body: JSON.stringify(toProblem(senioError)),
  }
}
