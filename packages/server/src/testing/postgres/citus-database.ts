import { randomUUID } from 'node:crypto'
import { namedServers } from './named-servers.ts'
import { inDatabase, type PostgresTestDatabase, runStatements } from './test-database.ts'

/** URLs of superusers. */
export interface CitusCluster {
  readonly coordinator: string
  readonly workers: readonly string[]
}

/** The cluster that tests may make databases in: SENIO_TEST_CITUS, the coordinator and then the workers. */
export function citusClusters(): readonly CitusCluster[] {
  const [coordinator, ...workers] = namedServers('SENIO_TEST_CITUS')
  return coordinator === undefined ? [] : [{ coordinator, workers }]
}

/** An empty database, whose tables can be distributed over the workers. */
export async function createCitusDatabase({
  coordinator,
  workers,
}: CitusCluster): Promise<PostgresTestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const servers = [coordinator, ...workers]
  for (const server of servers) {
    await runStatements(server, `CREATE DATABASE ${name}`)
    await runStatements(inDatabase(server, name), 'CREATE EXTENSION citus')
  }
  const place = (server: string): string => {
    const { hostname, port } = new URL(server)
    return `'${hostname}', ${port}`
  }
  await runStatements(
    inDatabase(coordinator, name),
    `SELECT citus_set_coordinator_host(${place(coordinator)})`,
    ...workers.map((worker) => `SELECT citus_add_node(${place(worker)})`),
  )
  return {
    url: inDatabase(coordinator, name),
    async drop() {
      for (const server of servers) await runStatements(server, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}
