import type { RequestTemplate, Times } from './template.ts'

/** What the load generator is asked to do. It never speaks to anything but 127.0.0.1. */
export interface LoadJob {
  readonly protocol: 'http' | { readonly postgres: { readonly user: string; readonly database: string } }
  readonly port: number
  /** Of several servers that share the connections; `port` when absent. */
  readonly ports?: readonly number[]
  /** Connections at once, each with one request under way. */
  readonly connections: number
  /** Whether each request goes over a connection of its own; HTTP only. */
  readonly isRenewed?: boolean
  /** Sent in turn. */
  readonly templates: readonly RequestTemplate[]
  /** Whether each of the templates goes to one of the ports only, as a proxy does that hashes the path. */
  readonly isDivided?: boolean
  readonly times: Times
  /** Number of the first request, so that runs can follow each other. */
  readonly firstNumber: number
  /** The run ends when either is reached; what is under way then is waited for. */
  readonly limit: { readonly requests?: number; readonly seconds: number }
  /** Requests a second, spread over the connections; absent = as many as are answered. */
  readonly rate?: number
  /** Of a paced run: requests that find no connection free when they are due are counted, and not sent. */
  readonly skipsLate?: boolean
  /** Answers 429 and 503 are counted; otherwise they end the run with an error, as any other than 2xx. */
  readonly mayBeRefused?: boolean
  /** ms that a connection stays away after an answer 429 or 503; 0 when absent. */
  readonly refusedRest?: number
}

export interface LoadResult {
  /** Requests that were answered as they should be; one answered otherwise ends the run with an error. */
  readonly requests: number
  readonly measurements: number
  /** Answers 429 and 503, of a job that may be refused; not among `requests`, nor in `latency`. */
  readonly refused: { readonly requests: number; readonly p99: number }
  /** Requests that were not sent, see `skipsLate`. */
  readonly skipped: number
  /** From the first request to the last answer. */
  readonly seconds: number
  /** ms from sending a request to the end of its answer, by percentile; of a paced run from when it was due. */
  readonly latency: { readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number }
  /** Median bytes of an answer's body. */
  readonly answerBytes: number
  readonly nextNumber: number
}

/** More than any run needs: a mistake in a plan ends soon. */
export const MAX_SECONDS = 600
export const MAX_REQUESTS = 20_000_000
