import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { PostgresTestDatabase } from './test-database.ts'

/**
 * The servers of a Citus cluster that tests may make databases in, as superusers: the coordinator, then the workers, as
 * URLs in SENIO_TEST_CITUS with spaces in between. null without it: nothing to install brings Citus along.
 */
export function citusServers(): readonly [string, ...string[]] | null {
  const [coordinator, ...workers] = (process.env['SENIO_TEST_CITUS'] ?? '')
    .split(' ')
    .filter((url) => url !== '')
  return coordinator === undefined ? null : [coordinator, ...workers]
}

/** An empty database, whose tables can be distributed over the workers. */
export async function createCitusDatabase(
  servers: readonly [string, ...string[]],
): Promise<PostgresTestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const inDatabase = (server: string): string => {
    const url = new URL(server)
    url.pathname = `/${name}`
    return url.href
  }
  for (const server of servers) {
    await run(server, `CREATE DATABASE ${name}`)
    await run(inDatabase(server), 'CREATE EXTENSION citus')
  }
  const [coordinator, ...workers] = servers
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
