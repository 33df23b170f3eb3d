import { SenioError } from '@senio/protocol'
import type { Migrated } from '../storage.ts'
import { detectCapabilities } from './capabilities.ts'
import { Connections, type ConnectionSettings, SCHEMA } from './connections.ts'
import { Lock, lockSql } from './locks.ts'
import { migrations as allMigrations, OLDEST_FORMAT } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'
import type { PostgresSession } from './session.ts'

/**
 * Brings the database to this program's format. Several nodes may do so at once: one migrates, the others wait and
 * find it done.
 *
 * @param oldest the oldest format whose programs may go on beside this one's
 * @returns the format that it had when it was this call's turn, and has now
 * @throws SenioError `storage-failing` when it is of a newer format, can't be used, or can't be reached
 */
export async function migrate(
  connections: Connections,
  migrations: readonly Migration[] = allMigrations,
  oldest = OLDEST_FORMAT,
): Promise<Migrated> {
  const to = migrations.length
  await connections.use(assertUsable)
  if ((await connections.use(formatOf)) === to) return { from: to, to }
  return await connections.transaction(async (session) => {
    await session.script(
      `SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; ${lockSql(Lock.migration)}`,
    )
    const format = await formatOf(session)
    if (format > migrations.length) {
      throw new SenioError(
        'storage-failing',
        `The database has format ${format}, and this version of Senio knows formats up to ${migrations.length}. Start the newer version that wrote it, or restore a backup.`,
      )
    }
    if (format === to) return { from: to, to }
    if (format === 0) await createSchema(session)
    const capabilities = await detectCapabilities(session)
    for (const step of migrations.slice(format)) await session.script(step(capabilities))
    await session.script(`UPDATE ${SCHEMA}.format SET version = ${to}`)
    if (to >= KNOWS_OLDEST) await session.script(sendAwaySql(oldest))
    return { from: format, to }
  })
}

/** The first format that says which programs may write. */
const KNOWS_OLDEST = 5

/**
 * Refuses programs of formats before `oldest` from now on: they wait here for what they have begun, find their
 * sensors taken, and are told why when they take them back. The sensors are held in the order in which those programs do.
 */
function sendAwaySql(oldest: number): string {
  return `SELECT set_config('senio.knows', '${oldest}', true);
    SELECT count(*) FROM (SELECT FROM ${SCHEMA}.sensor WHERE (SELECT oldest FROM ${SCHEMA}.format) < ${oldest}
      ORDER BY id FOR NO KEY UPDATE) held;
    UPDATE ${SCHEMA}.sensor SET writer = 0 WHERE (SELECT oldest FROM ${SCHEMA}.format) < ${oldest};
    UPDATE ${SCHEMA}.format SET oldest = ${oldest} WHERE oldest < ${oldest};
    UPDATE ${SCHEMA}.registry_version SET version = version + 1`
}

/** Whether a database holds tables of Senio; makes none. @throws SenioError `storage-failing` */
export async function holdsSenio(settings: ConnectionSettings): Promise<boolean> {
  const connections = new Connections({ ...settings, most: 1 })
  try {
    return (await connections.use(formatOf)) > 0
  } finally {
    await connections.close()
  }
}

/**
 * 0 for an empty database.
 *
 * The catalog is read as tables: to_regclass() answers from a cache of names, which doesn't hear of what another node
 * committed while this transaction waited for the lock.
 */
async function formatOf(session: PostgresSession): Promise<number> {
  const [exists] = await session.tuples<readonly [boolean]>(
    `SELECT EXISTS (
       SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
       WHERE nspname = '${SCHEMA}' AND relname = 'format'
     )`,
  )
  if (exists?.[0] !== true) return 0
  const [row] = await session.tuples<readonly [number]>(`SELECT version FROM ${SCHEMA}.format`)
  return row?.[0] ?? 0
}

/** An administrator may have made the schema beforehand for a role that can't. */
async function createSchema(session: PostgresSession): Promise<void> {
  const [row] = await session.tuples<readonly [boolean, boolean, string, string]>(
    `SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '${SCHEMA}'),
       has_database_privilege(current_database(), 'CREATE'), quote_ident(current_database()), quote_ident(current_user)`,
  )
  const [isThere, mayCreate, database, role] = row ?? [false, true]
  if (!isThere && !mayCreate) {
    throw new SenioError(
      'storage-failing',
      `The role ${role} may not make the schema "${SCHEMA}", which Senio keeps its tables in. ` +
        `Whoever runs the database can allow it: GRANT CREATE ON DATABASE ${database} TO ${role};`,
    )
  }
  if (!isThere) await session.script(`CREATE SCHEMA ${SCHEMA}`)
  await session.script(
    `CREATE TABLE ${SCHEMA}.format (version integer NOT NULL); INSERT INTO ${SCHEMA}.format VALUES (0)`,
  )
}

/** A 201 means on the disk, and text is Unicode. */
async function assertUsable(session: PostgresSession): Promise<void> {
  const [row] = await session.tuples<readonly [string, string, string]>(
    `SELECT current_setting('fsync'), current_setting('synchronous_commit'), current_setting('server_encoding')`,
  )
  const [fsync, synchronousCommit, encoding] = row ?? []
  if (fsync !== 'on' || !['on', 'remote_apply'].includes(synchronousCommit ?? '')) {
    throw new SenioError(
      'storage-failing',
      `PostgreSQL runs with fsync=${fsync} and synchronous_commit=${synchronousCommit}: what it has committed may be lost. Turn both on.`,
    )
  }
  if (encoding !== 'UTF8') {
    throw new SenioError(
      'storage-failing',
      `The database has the encoding ${encoding}. Create one with ENCODING 'UTF8'.`,
    )
  }
}
