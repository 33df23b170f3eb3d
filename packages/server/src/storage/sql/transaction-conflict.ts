import { SenioError } from '@senio/protocol'

/**
 * The engine has ended a transaction, of which nothing is left, to let another one go on: the same may succeed at once. A
 * dialect's driver throws it in place of what its engine says.
 */
export class TransactionConflict extends SenioError {
  /** @param same how it is answered when it does not succeed */
  constructor(same: SenioError) {
    const { code, message, retryAfter } = same
    super(code, message, { cause: same.cause, ...(retryAfter === undefined ? {} : { retryAfter }) })
  }
}
