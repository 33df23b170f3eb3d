import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { S3Client, type S3Location } from '../../storage/s3/s3-client.ts'
import type { S3Credentials } from '../../storage/s3/sign-request.ts'
import { orSkipLoudly } from '../or-skip-loudly.ts'

/** The run's S3 server. */
export interface S3Server {
  readonly endpoint: string
  readonly accessKey: string
  readonly secretKey: string
}

/** An empty bucket on it. */
export interface TestBucket {
  readonly location: S3Location
  readonly credentials: S3Credentials
  /** As `--blob-url` takes it. */
  readonly url: string
}

/** The run's S3 server; null where there is none, which is said aloud, and an error in CI. */
export async function s3Server(): Promise<S3Server | null> {
  const response = await fetch(inject('cephBroker'))
  if (!response.ok) throw new Error(`The object store for the tests did not start: ${await response.text()}`)
  const server = (await response.json()) as S3Server | { readonly missing: string }
  return orSkipLoudly('object store', server)
}

/** Buckets go with the server: nobody empties them. */
export async function createBucket(server: S3Server): Promise<TestBucket> {
  const bucket = `test-${randomUUID()}`
  const location = { endpoint: new URL(server.endpoint), region: 'default', bucket, prefix: '' }
  const credentials = { accessKey: server.accessKey, secretKey: server.secretKey, sessionToken: null }
  const client = new S3Client(location, credentials)
  await client.sendForStatus({ method: 'PUT', key: null })
  client.close()
  return { location, credentials, url: `s3://${bucket}?endpoint=${server.endpoint}&region=default` }
}
