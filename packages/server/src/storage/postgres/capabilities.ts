import type { PostgresSession } from './session.ts'

/** What a PostgreSQL server has beyond PostgreSQL itself. Asked of its extensions, never told from a version. */
export interface Capabilities {
  /** TimescaleDB keeps values in a hypertable, whose chunks it makes by itself. */
  readonly hypertables: boolean
  /** Citus has nodes that what is kept of sensors can be spread over. */
  readonly distribution: boolean
}

/** Those of the extensions that are installed in the database. */
export async function detectCapabilities(session: PostgresSession): Promise<Capabilities> {
  const rows = await session.tuples<readonly [string]>(
    `SELECT extname FROM pg_extension WHERE extname IN ('timescaledb', 'citus')`,
  )
  const names = new Set(rows.map(([name]) => name))
  const hypertables = names.has('timescaledb')
  return { hypertables, distribution: !hypertables && names.has('citus') && (await hasShardNodes(session)) }
}

async function hasShardNodes(session: PostgresSession): Promise<boolean> {
  const [row] = await session.tuples<readonly [boolean]>(
    `SELECT EXISTS (SELECT FROM pg_dist_node WHERE isactive AND shouldhaveshards AND noderole = 'primary')`,
  )
  return row?.[0] === true
}

/** Whether values were distributed when their table was made. */
export async function isDistributed(session: PostgresSession): Promise<boolean> {
  const [catalog] = await session.tuples<readonly [boolean]>(
    `SELECT to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL`,
  )
  if (catalog?.[0] !== true) return false
  const rows = await session.tuples(
    `SELECT FROM pg_dist_partition WHERE logicalrelid = to_regclass('value') AND partmethod = 'h'`,
  )
  return rows.length > 0
}
