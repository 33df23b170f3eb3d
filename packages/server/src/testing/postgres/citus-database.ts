import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { PostgresTestDatabase } from './test-database.ts'

/** URLs of superusers. */
export interface CitusCluster {
  readonly coordinator: string
  readonly workers: readonly string[]
}

/**
 * The cluster that tests may make databases in: SENIO_TEST_CITUS, the coordinator and then the workers, with spaces in between.
 * None without it: nothing that can be installed for a test brings Citus along.
 */
export function citusClusters(): readonly CitusCluster[] {
  const urls = (process.env['SENIO_TEST_CITUS'] ?? '').split(' ').filter((url) => url !== '')
  const [coordinator, ...workers] = urls
  return coordinator === undefined ? [] : [{ coordinator, workers }]
}

/** An empty database, whose tables can be distributed over the workers. */
export async function createCitusDatabase({
  coordinator,
  workers,
}: CitusCluster): Promise<PostgresTestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const servers = [coordinator, ...workers]
  const inDatabase = (server: string): string => {
    const url = new URL(server)
    url.pathname = `/${name}`
    return url.href
  }
  for (const server of servers) {
    await run(server, `CREATE DATABASE ${name}`)
    await run(inDatabase(server), 'CREATE EXTENSION citus')
  }
  const place = (server: string): string => {
    const { hostname, port } = new URL(server)
    return `'${hostname}', ${port}`
  }
  await run(
    inDatabase(coordinator),
    `SELECT citus_set_coordinator_host(${place(coordinator)})`,
    ...workers.map((worker) => `SELECT citus_add_node(${place(worker)})`),
  )
  return {
    url: inDatabase(coordinator),
    async drop() {
      for (const server of servers) await run(server, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

async function run(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
