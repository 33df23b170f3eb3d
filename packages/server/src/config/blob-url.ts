import type { z } from 'zod'

/** A bucket, or a part of one, as `--blob-url` names it. */
export interface BlobLocation {
  readonly endpoint: URL
  readonly region: string
  readonly bucket: string
  /** Before every key: empty, or with a slash at its end. */
  readonly prefix: string
}

const PARAMETERS: ReadonlySet<string> = new Set(['endpoint', 'region'])
const STANDARD_REGION = 'us-east-1'

/**
 * `s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-1` as what it means. Without an endpoint it is Amazon's
 * of the region. Problems are told to zod; they never repeat the text, which may hold a secret.
 */
export function parseBlobUrl(text: string, context: z.RefinementCtx): BlobLocation {
  const refuse = (message: string): never => {
    context.issues.push({ code: 'custom', message, input: text })
    return undefined as never
  }
  const url = URL.parse(text)
  if (url?.protocol !== 's3:') return refuse('is not a URL that begins with s3://')
  if (url.username !== '' || url.password !== '') {
    return refuse('holds keys: they belong into SENIO_S3_ACCESS_KEY and SENIO_S3_SECRET_KEY')
  }
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.has(name))
  if (unknown !== undefined) return refuse('holds parameters other than endpoint and region')
  if (url.hostname === '') return refuse('names no bucket')
  if (!/^[a-z0-9][a-z0-9._-]{1,62}$/i.test(url.hostname)) {
    return refuse('has a bucket whose name is not 2 to 63 letters, digits, ".", "_" and "-"')
  }
  const region = url.searchParams.get('region') ?? STANDARD_REGION
  const endpoint = URL.parse(url.searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`)
  if (endpoint === null || !/^https?:$/.test(endpoint.protocol) || endpoint.search !== '') {
    return refuse('has an endpoint that is not an http(s) URL')
  }
  if (endpoint.username !== '' || endpoint.password !== '') return refuse('has an endpoint that holds keys')
  const path = url.pathname.replaceAll(/^\/+|\/+$/g, '')
  if (!/^[\w.\-/]*$/.test(path) || path.split('/').some((part) => part === '..' || part === '.')) {
    return refuse('has a prefix with other characters than letters, digits, ".", "_", "-" and "/"')
  }
  return { endpoint, region, bucket: url.hostname, prefix: path === '' ? '' : `${path}/` }
}
