import type { ErrorCode, Problem } from '@senio/protocol'

/** `unreachable`: no answer at all. `unexpected-answer`: one that is not Senio's, for example a proxy's page. */
export type ProblemCode = ErrorCode | 'unreachable' | 'unexpected-answer'

/** A request that was answered with a problem, or not at all. `message` says in plain words what to do. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number
  readonly detail: string
  /** The field, parameter or part that it is about. */
  readonly field: string | undefined
  /** In a batch: the index of the first bad measurement, from 0. */
  readonly index: number | undefined
  /** Seconds to wait before trying again, where the server says so. */
  readonly retryAfter: number | undefined

  constructor(
    problem: {
      readonly code: ProblemCode
      readonly status: number
      readonly detail: string
      readonly field?: string | undefined
      readonly index?: number | undefined
      readonly retryAfter?: number | undefined
    },
    cause?: unknown,
  ) {
    super(problem.detail, cause === undefined ? undefined : { cause })
    this.code = problem.code
    this.status = problem.status
    this.detail = problem.detail
    this.field = problem.field
    this.index = problem.index
    this.retryAfter = problem.retryAfter
  }
}

/** The error of an answer whose status is not 2xx. Reads its body. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const retryAfter = Number(response.headers.get('retry-after') ?? 'NaN')
  const wait = Number.isFinite(retryAfter) ? { retryAfter } : {}
  const problem = await readProblem(response)
  if (problem === null) {
    return new ProblemError({
      code: 'unexpected-answer',
      status: response.status,
      detail: `The server answered ${response.status} without an explanation. A proxy may stand in between.`,
      ...wait,
    })
  }
  return new ProblemError({ ...problem, status: response.status, ...wait })
}

async function readProblem(response: Response): Promise<Problem | null> {
  if (!/\bjson\b/.test(response.headers.get('content-type') ?? '')) return null
  try {
    const body = (await response.json()) as Partial<Problem> | null
    return typeof body?.code === 'string' && typeof body.detail === 'string' ? (body as Problem) : null
  } catch {
    // A body that isn't JSON explains nothing: the caller says so.
    return null
  }
}
