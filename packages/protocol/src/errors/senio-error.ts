import { type ErrorCode, type Fault, errorKind } from './registry.ts'

export interface ErrorContext {
  /** The field, parameter or part that it is about. */
  readonly field?: string
  /** In a batch: the index of the first bad measurement, from 0. */
  readonly index?: number
  /** For 429 and 503: whole seconds to wait before trying again. */
  readonly retryAfter?: number
  readonly cause?: unknown
}

/** The one error class of Senio. `message` says in plain words what was wrong and what to do. */
export class SenioError extends Error {
  override readonly name = 'SenioError'
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly index: number | undefined
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, detail: string, context: ErrorContext = {}) {
    super(detail, context.cause === undefined ? undefined : { cause: context.cause })
    this.code = code
    this.field = context.field
    this.index = context.index
    this.retryAfter = context.retryAfter
  }

  get status(): number {
    return errorKind(this.code).status
  }

  get fault(): Fault {
    return errorKind(this.code).fault
  }

  /** The same error, said of the measurement at `index` of a batch. */
  atIndex(index: number): SenioError {
    const { field, retryAfter, cause } = this
    return new SenioError(this.code, this.message, {
      index,
      cause,
      ...(field === undefined ? {} : { field }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    })
  }
}
