import { type IncomingMessage, STATUS_CODES } from 'node:http'
import { type ErrorCode, SenioError, toProblem } from '@senio/protocol'
import type { FastifyBaseLogger, FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { logEvent } from '../log-events.ts'

/** What Fastify and Node report themselves, by their code. */
const foreign: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_BAD_URL: ['malformed-url', 'The path is not valid: a percent escape in it is broken.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', 'The body is larger than this address takes.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed-json', 'The body is empty; a JSON object was expected.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['malformed-json', 'The body is not valid JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'malformed-request',
    'The body is not as long as Content-Length says.',
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-content-type', 'Send the body as application/json.'],
  ECONNRESET: ['malformed-request', 'The connection ended before the body did.'],
  ERR_STREAM_PREMATURE_CLOSE: ['malformed-request', 'The connection ended before the body did.'],
  HPE_INVALID_CHUNK_SIZE: ['malformed-request', 'The chunked body is broken.'],
}

/** Any error as one of Senio's; bugs and what nobody foresaw become `defect`. */
export function toSenioError(error: unknown): SenioError {
  if (error instanceof SenioError) return error
  if (hasZodFastifySchemaValidationErrors(error)) return invalidParameter(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = foreign[code]
  if (known !== undefined) return new SenioError(known[0], known[1], { cause: error })
  // Only the JSON body parser of Fastify throws these with a status of its own.
  if (error instanceof SyntaxError && (error as FastifyError).statusCode === 400) {
    return new SenioError('malformed-json', 'The body is not valid JSON.', { cause: error })
  }
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
  onRefusal(refusal)
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

/** What Node's parser refuses before there is a request object, by its code. */
export function parserError(code: string): SenioError {
  return code === 'HPE_HEADER_OVERFLOW'
    ? new SenioError('headers-too-large', 'The headers are larger than 16 KiB.')
    : code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? new SenioError('body-too-slow', 'The request did not arrive in time.')
      : new SenioError('malformed-request', 'This is not a valid HTTP request.')
}

/** The raw answer to such an error. */
export function rawErrorResponse(error: SenioError): string {
  const body = JSON.stringify(toProblem(error))
  return [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

interface SchemaIssue {
  readonly instancePath: string
  readonly message?: string | undefined
}

function invalidParameter(error: { readonly validation: readonly SchemaIssue[] }): SenioError {
  const issue = error.validation[0]
  const field = issue?.instancePath.split('/').find((part) => part !== '')
  const detail = `${field === undefined ? 'The request' : `"${field}"`} is not valid: ${issue?.message ?? 'unknown reason'}.`
  return new SenioError('parameter-invalid', detail, field === undefined ? {} : { field })
}
