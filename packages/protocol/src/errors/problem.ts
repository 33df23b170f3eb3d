import { type ErrorCode, errorKind } from './registry.ts'
import type { SenioError } from './senio-error.ts'

/** RFC 9457 problem details, as sent with `application/problem+json`. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ErrorCode
  /** Absent where no single field, parameter or part is to blame. */
  readonly field?: string
  /** Absent outside batches. */
  readonly index?: number
}

/** The problem document of an error. `type` is a path that the server answers with the code's documentation. */
export function toProblem(error: SenioError): Problem {
  const { title, status } = errorKind(error.code)
  return {
    type: `/api/errors#${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    ...(error.field === undefined ? {} : { field: error.field }),
    ...(error.index === undefined ? {} : { index: error.index }),
  }
}
