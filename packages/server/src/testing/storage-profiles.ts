import { createTestDatabase, postgresServerUrl } from './postgres/test-database.ts'
import type { TestServerOptions } from './test-server.ts'

/** A kind of storage that Senio runs on, as tests prepare it. */
export interface StorageProfile {
  readonly name: string
  /** What a server on it is started with; what was set up for it lasts until the process ends. */
  prepare(): Promise<TestServerOptions>
}

const postgresUrl = await postgresServerUrl()

/** The behaviour is one, so every proof about it runs on each of these. */
export const storageProfiles: readonly StorageProfile[] = [
  { name: 'embedded (SQLite, files)', prepare: async () => ({}) },
  ...(postgresUrl === null
    ? []
    : [{ name: 'PostgreSQL, files', prepare: () => onPostgres(postgresUrl) } satisfies StorageProfile]),
]

async function onPostgres(serverUrl: string): Promise<TestServerOptions> {
  const { url } = await createTestDatabase(serverUrl)
  return { installation: { databaseUrl: url, databaseConnections: 5 } }
}
