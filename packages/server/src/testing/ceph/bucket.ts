import { randomUUID } from 'node:crypto'
import { S3Client, type S3Location } from '../../storage/s3/s3-client.ts'
import type { S3Credentials } from '../../storage/s3/sign-request.ts'

/** An S3 server of the tests. */
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
