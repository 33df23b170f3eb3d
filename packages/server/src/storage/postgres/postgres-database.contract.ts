import pg from 'pg'
import type { PostgresTestDatabase } from '../../testing/postgres/test-database.ts'
import { storesContract } from '../contract/stores.contract.ts'
import { type DatabaseUnderTest, type OpenDatabase, present } from '../contract/database-under-test.ts'
import type { DamageSql } from '../contract/damages.ts'
import { nodeLocksContract } from '../contract/node-locks.contract.ts'
import { nodeMessagesContract } from '../contract/node-messages.contract.ts'
import { openTestDatabase } from './testing.ts'

/** Where the databases of tests are. */
const urls = new WeakMap<DatabaseUnderTest, string>()

const damageSql: DamageSql = {
  number: (value) => `n = ${value}, x = NULL, b = NULL`,
  text: (value) => `n = NULL, x = convert_to('${value}', 'UTF8'), b = NULL`,
  bytes: (hex) => `n = NULL, x = NULL, b = '\\x${hex}'`,
  ownerColumns: 'sensor, field',
  owner: (sensor, field) => `${sensor}, ${field}`,
  word: (word) => `convert_to('${word}', 'UTF8')`,
  hex: (hex) => `'\\x${hex}'`,
}

/** What a damaged page does without asking. */
const DROP_REFERENCES = `DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint
    WHERE contype = 'f' AND connamespace = 'senio'::regnamespace
  LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.owner, r.conname); END LOOP; END $$`

async function runDamage(database: DatabaseUnderTest, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: present(urls.get(database)) })
  await client.connect()
  try {
    await client.query(`SET search_path = senio; ${DROP_REFERENCES}; ${sql}`)
  } finally {
    await client.end()
  }
}

/** All that a database of PostgreSQL promises. @param create makes an empty one */
export function postgresDatabaseContract(create: () => Promise<PostgresTestDatabase>): void {
  const open: OpenDatabase = async () => {
    const made = await create()
    const database = await openTestDatabase(made)
    urls.set(database, made.url)
    return database
  }

  storesContract(open, damageSql, runDamage)
  nodeLocksContract(async () => {
    const database = await open()
    const other = await database.openAnother()
    return {
      here: present(database.db.nodeLocks),
      there: present(other.nodeLocks),
      dispose: () => database.dispose(),
    }
  })
  nodeMessagesContract(async () => {
    const made = await create()
    const database = await openTestDatabase(made)
    const other = await database.openAnother()
    return {
      here: present(database.db.nodeMessages),
      there: present(other.nodeMessages),
      async interrupt() {
        const client = new pg.Client({ connectionString: made.url })
        await client.connect()
        await client.query(
          'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
        )
        await client.end()
      },
      dispose: () => database.dispose(),
    }
  })
}
