import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** A database of the run's PostgreSQL server. */
export interface PostgresTestDatabase {
  /** Of a role that owns the database and may do nothing else. */
  readonly url: string
  /** Drops it, whoever is still connected. */
  drop(): Promise<void>
}

/**
 * The URL of the run's PostgreSQL server (of its superuser); null where there is none, which is said aloud, and an
 * error in CI.
 */
export async function postgresServerUrl(): Promise<string | null> {
  const response = await fetch(inject('postgresBroker'))
  const text = await response.text()
  if (!response.ok) throw new Error(`PostgreSQL for the tests did not start: ${text}`)
  if (text !== '') return text
  const problem = `NO POSTGRESQL: npm has none for ${process.platform}-${process.arch}, so its tests are skipped.`
  if (process.env['CI'] === 'true') throw new Error(problem)
  process.stderr.write(`\n*** ${problem} ***\n\n`)
  return null
}

/** An empty database. @param serverUrl as of `postgresServerUrl` */
export async function createTestDatabase(serverUrl: string): Promise<PostgresTestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const password = `canary-${randomUUID()}`
  await runStatements(
    serverUrl,
    `CREATE ROLE ${name} LOGIN PASSWORD '${password}'`,
    `CREATE DATABASE ${name} OWNER ${name}`,
  )
  const url = new URL(inDatabase(serverUrl, name))
  url.username = name
  url.password = password
  return {
    url: url.href,
    drop: () => runStatements(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`, `DROP ROLE ${name}`),
  }
}

/** The URL of another database of the same server. */
export function inDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Runs statements one by one, on a connection of their own. */
export async function runStatements(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
