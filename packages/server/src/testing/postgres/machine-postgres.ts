import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Where Debian and what comes of it keep PostgreSQL, by version. */
const VERSIONS = '/usr/lib/postgresql'

const NEEDED = ['initdb', 'postgres', 'pg_dump', 'pg_restore']

/**
 * The directory of the machine's own PostgreSQL with `bin`, the newest; null where there is none, which is said aloud. npm's
 * has neither pg_dump nor pg_restore, which moreover must be of the server's version: so this is no error in CI.
 */
export async function machinePostgres(): Promise<string | null> {
  const versions = await readdir(VERSIONS).catch(() => [])
  for (const version of versions.toSorted((a, b) => Number(b) - Number(a))) {
    const directory = join(VERSIONS, version)
    const isWhole = await Promise.all(NEEDED.map((name) => access(join(directory, 'bin', name)))).then(
      () => true,
      () => false,
    )
    if (isWhole) return directory
  }
  process.stderr.write(
    `\n*** NO POSTGRESQL OF THE MACHINE (${VERSIONS}): what needs pg_dump is skipped. ***\n\n`,
  )
  return null
}
