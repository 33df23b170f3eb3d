import type { ServerResponse } from 'node:http'
import type { Closing } from './closing.ts'

/** An answer whose body is at hand. */
export interface JsonAnswer {
  readonly status: number
  /** JSON. */
  readonly body: string
  /** Those that differ from a plain 201's; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Answers a device on Node's own response, head and body in one write. */
export function answerJson(
  response: ServerResponse,
  closing: Closing,
  { status, body, headers }: JsonAnswer,
): void {
  // Devices show no pages, and some of them have little memory for headers.
  const head: Record<string, string | number> = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    ...headers,
  }
  if (closing.stage !== 'open') head['connection'] = 'close'
  response.writeHead(status, head)
  response.end(body)
}
