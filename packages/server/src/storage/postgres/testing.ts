import type { DatabaseUnderTest } from '../contract/database-under-test.ts'
import type { Database } from '../storage.ts'
import { openPostgresDatabase, type PostgresOptions } from './postgres-database.ts'

/** Options for tests: small pools, and time-outs that a stuck test reaches before it is given up. */
export function testOptions(url: string): PostgresOptions {
  return {
    url,
    replicaUrl: null,
    most: 5,
    statementTimeout: 15_000,
    lockTimeout: 10_000,
    connectTimeout: 15_000,
    now: () => Date.now(),
  }
}

/** A database of a server for a contract suite. */
export async function openTestDatabase(
  { url, drop }: { readonly url: string; readonly drop: () => Promise<void> },
  changed: Partial<PostgresOptions> = {},
): Promise<DatabaseUnderTest> {
  const open = () => openPostgresDatabase({ ...testOptions(url), ...changed })
  let db = await open()
  const others: Database[] = []
  return {
    get db() {
      return db
    },
    async reopen() {
      await db.close()
      db = await open()
    },
    async openAnother() {
      const other = await open()
      others.push(other)
      return other
    },
    async dispose() {
      await Promise.all([db, ...others].map((opened) => opened.close()))
      await drop()
    },
  }
}
