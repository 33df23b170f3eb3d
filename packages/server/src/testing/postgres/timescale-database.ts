import { namedServers } from './named-servers.ts'
import { createTestDatabase, type PostgresTestDatabase, runStatements } from './test-database.ts'

/** Servers with TimescaleDB: SENIO_TEST_TIMESCALE, of one version or several. */
export function timescaleServers(): readonly string[] {
  return namedServers('SENIO_TEST_TIMESCALE')
}

/** An empty database, in which values become a hypertable. */
export async function createTimescaleDatabase(server: string): Promise<PostgresTestDatabase> {
  const database = await createTestDatabase(server)
  await runStatements(database.url, 'CREATE EXTENSION timescaledb')
  return database
}
