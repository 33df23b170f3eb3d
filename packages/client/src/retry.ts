import { ProblemError } from './problem-error.ts'

/** How to go on when a server is busy or can't be reached. */
export interface RetryOptions {
  /** How often to try at most, the first time included; 8 by default (about a minute); Infinity: for ever. */
  readonly attempts?: number
  /** The wait before the second try in ms; 500 by default. It doubles each time and varies at random by half. */
  readonly firstWait?: number
  /** The longest wait in ms unless the server asks for more; 60,000 by default. */
  readonly maxWait?: number
  /** Told before each wait. */
  readonly onRetry?: (problem: ProblemError, waitMs: number) => void
  /** For tests: waits that many ms. */
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
  /** For tests: from 0 to before 1. */
  readonly random?: () => number
}

/** What a server or proxy answers while it is busy or down; trying again may help. 0: no answer at all. */
const PASSING: ReadonlySet<number> = new Set([0, 408, 429, 502, 503, 504])

/**
 * Calls until it works. Only for what may be repeated without harm.
 * Rejects with the last ProblemError, at once when trying again can't help; with the signal's reason when aborted.
 */
export async function withRetries<Result>(
  call: () => Promise<Result>,
  options: RetryOptions,
  signal?: AbortSignal,
): Promise<Result> {
  const {
    attempts = 8,
    firstWait = 500,
    maxWait = 60_000,
    onRetry,
    sleep = abortableSleep,
    random = Math.random,
  } = options
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof ProblemError) || !PASSING.has(error.status) || attempt >= attempts) throw error
      const backOff = Math.min(maxWait, firstWait * 2 ** (attempt - 1)) * (0.5 + random() / 2)
      const wait = Math.max(backOff, (error.retryAfter ?? 0) * 1000)
      onRetry?.(error, wait)
      await sleep(wait, signal)
    }
  }
}

function abortableSleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, ms)
    function abort() {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    signal?.addEventListener('abort', abort, { once: true })
  })
}
