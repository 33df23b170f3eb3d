import { SenioError } from '@senio/protocol'

/**
 * A commit was asked for and never answered: what it was to store may be there, appear yet, or never be. So neither that
 * it is stored may be said nor that nothing is; and nothing that it refers to may be removed.
 */
export class UnknownOutcome extends SenioError {
  constructor(cause: unknown) {
    super(
      'storage-failing',
      'The database did not say whether it has stored what was sent. Send it again: what is stored is stored once.',
      { cause, retryAfter: 1 },
    )
  }
}
