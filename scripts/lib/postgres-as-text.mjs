import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Connections } from '../../packages/server/src/storage/postgres/connections.ts'
import { migrate } from '../../packages/server/src/storage/postgres/migrate.ts'
import { migrations } from '../../packages/server/src/storage/postgres/migrations/index.ts'
import { testOptions } from '../../packages/server/src/storage/postgres/testing.ts'
import { machinePostgres } from '../../packages/server/src/testing/postgres/machine-postgres.ts'
import { startPostgres } from '../../packages/server/src/testing/postgres/postgres-server.ts'

/** Calls `use` with an empty database of a server of its own. */
export async function onPostgres(use) {
  const programs = await machinePostgres()
  if (programs === null) throw new Error('Install PostgreSQL: pg_dump must be of the version of its server.')
  const server = await startPostgres({}, null, programs)
  const { url } = server
  try {
    return await use({
      url,
      /** Loads a database, and brings it to a format that this version knows. */
      migrate: (statements, format) =>
        connected(url, async (connections) => {
          await connections.use((session) => session.script(`${statements}\nRESET search_path`))
          await migrate(connections, migrations.slice(0, format))
        }),
      /** The database as the statements that make it again. */
      asText: () => asText(url, join(programs, 'bin', 'pg_dump')),
    })
  } finally {
    await server.dispose()
  }
}

async function asText(url, program) {
  const [row] = await connected(url, (connections) =>
    connections.use((session) => session.tuples('SELECT version FROM senio.format')),
  )
  const { stdout } = await promisify(execFile)(
    program,
    ['--schema=senio', '--inserts', '--no-owner', '--no-privileges', '--no-comments', url],
    { maxBuffer: 64 * 1024 * 1024 },
  )
  return { found: row[0], statements: withoutRemarks(stdout) }
}

/** Without comments, empty lines, and what only psql understands. */
function withoutRemarks(dump) {
  return dump.split('\n').filter((line) => line !== '' && !line.startsWith('--') && !line.startsWith('\\'))
}

async function connected(url, use) {
  const connections = new Connections({ ...testOptions(url), most: 1 })
  try {
    return await use(connections)
  } finally {
    await connections.close()
  }
}
