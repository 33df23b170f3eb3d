import type { InstallationOptions } from '../compose.ts'
import type { BlobLocation } from '../config/blob-url.ts'
import { createBucket, s3Server } from './ceph/test-bucket.ts'
import { createTestDatabase, postgresServerUrl } from './postgres/test-database.ts'
import type { TestServerOptions } from './test-server.ts'

/** A kind of storage that Senio runs on, as tests prepare it. */
export interface StorageProfile {
  readonly name: string
  /** What a server on it is started with; what was set up for it lasts until the process ends. */
  prepare(): Promise<TestServerOptions>
}

const [postgresUrl, store] = await Promise.all([postgresServerUrl(), s3Server()])

/** The behaviour is one, so every proof about it runs on each of these. */
export const storageProfiles: readonly StorageProfile[] = [
  { name: 'embedded (SQLite, files)', prepare: async () => ({}) },
  ...(postgresUrl === null
    ? []
    : [
        {
          name: `PostgreSQL, ${store === null ? 'files' : 'a bucket'}`,
          prepare: () => onPostgres(postgresUrl),
        } satisfies StorageProfile,
      ]),
]

/** What tells a process to keep its things there, as a server that was prepared in this one does. */
export function environmentOf({ installation = {} }: TestServerOptions): Readonly<Record<string, string>> {
  const { databaseUrl, databaseConnections, blobUrl, s3AccessKey, s3SecretKey } = installation
  const said = {
    SENIO_DATABASE_URL: databaseUrl,
    SENIO_DATABASE_CONNECTIONS: databaseConnections?.toString(),
    SENIO_BLOB_URL: blobUrl && urlOf(blobUrl),
    SENIO_S3_ACCESS_KEY: s3AccessKey,
    SENIO_S3_SECRET_KEY: s3SecretKey,
  }
  return Object.fromEntries(
    Object.entries(said).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

function urlOf({ bucket, prefix, endpoint, region }: BlobLocation): string {
  return `s3://${bucket}/${prefix}?endpoint=${endpoint.origin}&region=${region}`
}

async function onPostgres(serverUrl: string): Promise<TestServerOptions> {
  const { url } = await createTestDatabase(serverUrl)
  return { installation: { databaseUrl: url, databaseConnections: 5, ...(await inBucket()) } }
}

async function inBucket(): Promise<Partial<InstallationOptions>> {
  if (store === null) return {}
  const { location, credentials } = await createBucket(store)
  return { blobUrl: location, s3AccessKey: credentials.accessKey, s3SecretKey: credentials.secretKey }
}
