import { createBucket } from '../../packages/server/src/testing/ceph/bucket.ts'
import { startCeph } from '../../packages/server/src/testing/ceph/ceph-server.ts'
import type { Run } from '../run.ts'

/** Lends a bucket of the S3 server that the tests use, as settings of Senio; says so where there is none. */
export async function withBucket(
  run: Run,
  use: (settings: Readonly<Record<string, string>>) => Promise<void>,
): Promise<void> {
  const server = await startCeph()
  if ('missing' in server) return run.bench.say(`Without a bucket: ${server.missing}`)
  try {
    const { url, credentials } = await createBucket(server)
    await use({
      SENIO_BLOB_URL: url,
      SENIO_S3_ACCESS_KEY: credentials.accessKey,
      SENIO_S3_SECRET_KEY: credentials.secretKey,
    })
  } finally {
    await server.dispose()
  }
}
