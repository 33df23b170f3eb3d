import { SenioError } from '@senio/protocol'

const CODE = /^[A-Za-z]\w{0,99}$/
const REQUEST_ID = /^[\w-]{1,100}$/

/**
 * What the store answered instead of doing what it was asked. Holds neither address nor credentials: some stores repeat what
 * they were told, so only what looks like a code and an id is taken of what they say.
 */
export class S3Refusal extends Error {
  readonly status: number
  /** Of S3, for example `SlowDown`; empty when the answer had none. */
  readonly s3Code: string

  constructor(method: string, status: number, s3Code: string, requestId: string) {
    const code = CODE.test(s3Code) ? s3Code : ''
    const id = REQUEST_ID.exec(requestId)?.[0] ?? ''
    super(
      `The object store answered ${method} with ${status} ${code}`.trimEnd() +
        (id === '' ? '.' : ` (its request ${id}).`),
    )
    this.name = 'S3Refusal'
    this.status = status
    this.s3Code = code
  }
}

const FULL: ReadonlySet<string> = new Set([
  'QuotaExceeded',
  'InsufficientCapacity',
  'XMinioStorageFull',
  'XMinioAdminBucketQuotaExceeded',
])

/** They pass, or the bytes were hurt on their way: the same request may succeed. */
const PASSING_STATUS: ReadonlySet<number> = new Set([408, 409, 425, 429, 500, 502, 503, 504])
const PASSING_CODES: ReadonlySet<string> = new Set([
  'RequestTimeout',
  'XAmzContentSHA256Mismatch',
  'BadDigest',
  'IncompleteBody',
])

/** Answers that no later attempt changes: the settings are wrong. With what to look at. */
const MISCONFIGURED: Readonly<Record<string, string>> = {
  NoSuchBucket: 'There is no such bucket.',
  InvalidBucketName: 'There is no such bucket.',
  InvalidAccessKeyId: 'It does not know the access key.',
  SignatureDoesNotMatch: 'The secret key is not that of the access key, or the region is wrong.',
  AuthorizationHeaderMalformed: 'The region is wrong.',
  AccessDenied: 'The access key may not list, read, write and delete in the bucket.',
  PermanentRedirect: 'The bucket is in another region: name its endpoint.',
}

/** Whether another attempt may succeed. Errors of the network may always pass. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof S3Refusal)) return !(error instanceof SenioError)
  return (PASSING_STATUS.has(error.status) && !FULL.has(error.s3Code)) || PASSING_CODES.has(error.s3Code)
}

/** What is wrong with the settings, in plain words; null when the failure has another reason. */
export function misconfiguration(error: unknown): string | null {
  const refusal = error instanceof SenioError ? error.cause : error
  if (!(refusal instanceof S3Refusal)) return null
  // Without a code it's the answer of something before the store, perhaps because the store is gone.
  return MISCONFIGURED[refusal.s3Code] ?? null
}

/** Whether it may be the bucket that fails, and not what was asked for alone. */
export function concernsAll(error: unknown): boolean {
  if (isPassing(error) || misconfiguration(error) !== null) return true
  // An answer to HEAD says no more.
  return error instanceof S3Refusal && (error.status === 401 || error.status === 403)
}

/** What went wrong, in the system's or the store's words, without a full stop. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof SenioError ? error.cause : error
  if (!(cause instanceof Error)) return 'for an unknown reason'
  const code = 'code' in cause ? String(cause.code) : ''
  if (code === 'EPROTO') return 'it does not speak HTTPS there (EPROTO)'
  // Several addresses of one host fail together, with a code and no message of their own.
  const text = cause.message === '' ? code : cause.message
  return text.trim().replace(/\.$/, '')
}

/** What a failure of the store means to whoever wanted to store or read a blob. */
export function s3Failure(cause: unknown): SenioError {
  if (cause instanceof SenioError) return cause
  if (cause instanceof S3Refusal && (cause.status === 507 || FULL.has(cause.s3Code))) {
    return new SenioError(
      'storage-full',
      'The object store that keeps the pictures is full. Nothing was stored; make room.',
      { cause, retryAfter: 30 },
    )
  }
  return new SenioError(
    'storage-failing',
    'The object store that keeps the pictures cannot be reached, or refuses. Nothing was stored; try again later.',
    { cause, retryAfter: 5 },
  )
}
