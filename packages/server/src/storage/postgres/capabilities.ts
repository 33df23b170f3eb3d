import type { PostgresSession } from './session.ts'

/** What a PostgreSQL server has beyond PostgreSQL itself. Asked of its extensions, never told from a version. */
export interface Capabilities {
  /** TimescaleDB keeps values in a hypertable, whose chunks it makes by itself. */
  readonly hypertables: boolean
}

/** Those of the extensions that are installed in the database. */
export async function detectCapabilities(session: PostgresSession): Promise<Capabilities> {
  const rows = await session.tuples<readonly [string]>(
    `SELECT extname FROM pg_extension WHERE extname = 'timescaledb'`,
  )
  const names = new Set(rows.map(([name]) => name))
  return { hypertables: names.has('timescaledb') }
}
