import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { SenioError, toProblem } from '@senio/protocol'

/** Milliseconds between an answer to what isn't HTTP and the end of the connection. */
const LINGER = 1_000

const answered = new WeakSet<Duplex>()

/** Answers what Node's parser refuses, in the middle of a body, too, and ends the connection. */
export function answerRaw(connection: Duplex, error: SenioError): void {
  answered.add(connection)
  connection.end(rawResponse(error))
  // Time to read it; whoever doesn't hang up then is hung up on.
  setTimeout(() => connection.destroy(), LINGER).unref()
}

/** Whether a connection has got such an answer: whatever is made of its last request then is seen by nobody. */
export function isAnsweredRaw(connection: Duplex): boolean {
  return answered.has(connection)
}

/** What is wrong with what Node's parser refuses. @param code Node's */
export function rawError(code: string): SenioError {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new SenioError('headers-too-large', 'The headers are larger than 16 KiB.')
  }
  return code === 'ERR_HTTP_REQUEST_TIMEOUT'
    ? new SenioError('body-too-slow', 'The request did not arrive in time.')
    : new SenioError('malformed-request', 'This is not a valid HTTP request.')
}

function rawResponse(error: SenioError): string {
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
