import { createHash, createHmac } from 'node:crypto'

/** Who asks. Kept out of everything that is logged or shown. */
export interface S3Credentials {
  readonly accessKey: string
  readonly secretKey: string
  /** Of credentials that are lent for a while; null for lasting ones. */
  readonly sessionToken: string | null
}

/** A request as it is signed. */
export interface SignableRequest {
  readonly method: string
  /** Of the endpoint, with its port unless that is the scheme's own. */
  readonly host: string
  /** Percent-encoded already. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** SHA-256 of the body, 64 hex digits: the server compares it with what arrived. */
  readonly bodySha256: string
}

export interface Signer {
  readonly credentials: S3Credentials
  readonly region: string
}

/** SHA-256 of no bytes. */
export const EMPTY_SHA256 = createHash('sha256').digest('hex')

const ALGORITHM = 'AWS4-HMAC-SHA256'
/** In a link the body's digest is left open: whoever fetches sends none. */
const UNSIGNED = 'UNSIGNED-PAYLOAD'

/**
 * The headers that sign a request, `host` among them: AWS Signature Version 4, for S3
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
 */
export function signedHeaders(
  request: SignableRequest,
  { credentials, region }: Signer,
  now: Date,
): Record<string, string> {
  const time = amzDate(now)
  const headers: Record<string, string> = {
    host: request.host,
    'x-amz-content-sha256': request.bodySha256,
    'x-amz-date': time,
    ...(credentials.sessionToken === null ? {} : { 'x-amz-security-token': credentials.sessionToken }),
  }
  const scope = scopeOf(time, region)
  const names = Object.keys(headers).toSorted()
  const canonical = canonicalRequest(request, headers, request.bodySha256)
  const signature = sign(canonical, time, scope, credentials.secretKey, region)
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${credentials.accessKey}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  }
}

/** The query of a link that lets whoever has it make this request for some seconds. */
export function signedQuery(
  request: Omit<SignableRequest, 'bodySha256'>,
  { credentials, region }: Signer,
  now: Date,
  seconds: number,
): string {
  const time = amzDate(now)
  const scope = scopeOf(time, region)
  const query = {
    ...request.query,
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Credential': `${credentials.accessKey}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'host',
    ...(credentials.sessionToken === null ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
  }
  const canonical = canonicalRequest({ ...request, query }, { host: request.host }, UNSIGNED)
  const signature = sign(canonical, time, scope, credentials.secretKey, region)
  return `${canonicalQuery(query)}&X-Amz-Signature=${signature}`
}

/** Parameters in the order and encoding that is signed; sent like that, too. */
export function canonicalQuery(query: Readonly<Record<string, string>>): string {
  return Object.keys(query)
    .toSorted()
    .map((name) => `${encodeStrictly(name)}=${encodeStrictly(query[name] ?? '')}`)
    .join('&')
}

/** Percent-encodes all but RFC 3986's unreserved characters. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function canonicalRequest(
  { method, path, query }: Pick<SignableRequest, 'method' | 'path' | 'query'>,
  headers: Readonly<Record<string, string>>,
  bodySha256: string,
): string {
  const names = Object.keys(headers).toSorted()
  return [
    method,
    path,
    canonicalQuery(query),
    ...names.map((name) => `${name}:${headers[name] ?? ''}`),
    '',
    names.join(';'),
    bodySha256,
  ].join('\n')
}

function sign(canonical: string, time: string, scope: string, secretKey: string, region: string): string {
  const text = [ALGORITHM, time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = [time.slice(0, 8), region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (above, part) => createHmac('sha256', above).update(part).digest(),
    `AWS4${secretKey}`,
  )
  return createHmac('sha256', key).update(text).digest('hex')
}

function scopeOf(time: string, region: string): string {
  return `${time.slice(0, 8)}/${region}/s3/aws4_request`
}

/** `20260102T030405Z`. */
function amzDate(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}
