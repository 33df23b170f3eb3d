import { SenioError } from '@senio/protocol'

/** One for all, made beforehand: sending somebody away must cost little. */
export const OVERLOADED = new SenioError(
  'overloaded',
  'More comes in than the server can take at the moment. Try again in a moment, several measurements in one request.',
  { retryAfter: 1 },
)
