import type { FastifyBaseLogger } from 'fastify'

interface LogEvent {
  readonly level: 'info' | 'warn' | 'error' | 'fatal'
  /** The line's `msg`. */
  readonly message: string
  /** When it is written: one line for the document. */
  readonly when: string
  /** What it says, beside `level`, `time`, `event`, `msg`, and for requests `reqId` and `account`. */
  readonly fields: readonly LogField[]
}

/** What lines say, each with one meaning wherever it stands. */
export const logFields = {
  account: 'id of the account that asks',
  target: 'id of the account that it was done to',
  key: 'id of the device key; never the key itself',
  token: 'id of the API token; never the token itself',
  sensor: 'id of the sensor',
  client: "IP address of the client, of the proxy where that isn't trusted",
  code: 'of the error, as in [errors.md](errors.md)',
  method: 'of HTTP; absent where the request could not be read',
  route:
    'pattern of the path, such as `/api/v1/sensors/:name`; never what was typed; absent where none matched',
  count: 'how many',
  seconds: 'within how long',
  detail: 'what is wrong and what to do',
  err: 'the error, with its stack',
} as const

export type LogField = keyof typeof logFields

/** Every line that Senio writes to its log. `docs/logging.md` is made of it. */
export const logEvents = {
  'signed-in': event('info', 'signed in', 'somebody signed in, or made the first account', [
    'account',
    'client',
  ]),
  'sign-in-refused': event('info', 'sign-in refused', 'the address or the password was wrong', [
    'code',
    'method',
    'route',
    'client',
  ]),
  'signed-out': event('info', 'signed out', 'somebody signed out', ['client']),
  'password-changed': event('info', 'password changed', 'somebody changed their password', ['client']),
  'sessions-ended': event(
    'info',
    'sessions ended',
    'somebody ended other sessions of theirs, or an administrator all of an account',
    ['target', 'client'],
  ),
  'account-created': event('info', 'account created', 'an administrator made an account', [
    'target',
    'client',
  ]),
  'account-deleted': event('info', 'account deleted', 'an administrator deleted an account', [
    'target',
    'client',
  ]),
  'token-created': event('info', 'API token created', 'somebody made an API token', ['token', 'client']),
  'token-revoked': event('info', 'API token revoked', 'somebody revoked an API token', ['token', 'client']),
  'token-used': event(
    'info',
    'API token used',
    'an API token was used for the first time on a day (UTC) from a network, or since the start',
    ['token', 'client'],
  ),
  'key-created': event('info', 'device key created', 'somebody made a device key', ['key', 'client']),
  'key-revoked': event('info', 'device key revoked', 'somebody revoked a device key', ['key', 'client']),
  'key-used': event(
    'info',
    'device key used',
    'a device key was used for the first time on a day (UTC) from a network, or since the start',
    ['key', 'sensor', 'client'],
  ),
  refused: event('info', 'refused', 'a request was refused that may be an attempt to go round a protection', [
    'code',
    'method',
    'route',
    'client',
    'key',
  ]),
  'refused-more': event(
    'info',
    'refused more like these',
    'once a minute, for refusals beyond those that had a line each; without `client` for those of many',
    ['code', 'client', 'count', 'seconds'],
  ),
  'request-failed': event('error', 'request failed', 'a request was answered with an error of the server', [
    'code',
    'err',
  ]),
  'request-unanswered': event(
    'error',
    'a commit was not answered, and so neither is the request',
    'nobody knows whether a measurement was stored: the connection was broken off',
    ['err'],
  ),
  'background-refused': event(
    'info',
    'background work met what it refuses',
    'what nobody waits for met a picture that is damaged, and the like',
    ['code', 'err'],
  ),
  'background-failed': event('error', 'background work failed', 'what nobody waits for failed', ['err']),
  'bucket-failing': event('warn', 'the bucket of the pictures fails', "the bucket can't be used; once", [
    'code',
    'detail',
  ]),
  'bucket-usable': event(
    'warn',
    'the bucket of the pictures can be used again',
    'the bucket can be used again',
    [],
  ),
  'pictures-elsewhere': event(
    'fatal',
    'the pictures are elsewhere; stopping, so that none get here',
    'a bucket that did not answer at the start turns out to be another than that of the pictures: the last line of a server',
    ['detail'],
  ),
  'storage-failed': event(
    'fatal',
    'the storage failed; stopping, so that nothing is answered that is not stored',
    'a sync failed: the last line of a server',
    ['err'],
  ),
} as const

export type LogEventName = keyof typeof logEvents

type FieldsOf<Name extends LogEventName> = {
  readonly [Field in (typeof logEvents)[Name]['fields'][number]]: unknown
}

/** Writes one line. What is undefined is left out of it. */
export function logEvent<Name extends LogEventName>(
  log: FastifyBaseLogger,
  name: Name,
  fields: FieldsOf<Name>,
): void {
  const { level, message } = logEvents[name]
  const said: object = { event: name, ...fields }
  log[level](said, message)
}

function event<const Fields extends readonly LogField[]>(
  level: LogEvent['level'],
  message: string,
  when: string,
  fields: Fields,
): LogEvent & { readonly fields: Fields } {
  return { level, message, when, fields }
}
