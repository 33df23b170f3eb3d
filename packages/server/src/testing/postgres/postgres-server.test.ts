import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase, postgresServerUrl } from './test-database.ts'

const serverUrl = await postgresServerUrl()

test.skipIf(serverUrl === null)('tests get a real PostgreSQL, each with databases of its own', async () => {
  const databases = await Promise.all([1, 2].map(() => createTestDatabase(serverUrl ?? '')))
  try {
    const found = await Promise.all(databases.map(({ url }) => currentDatabase(url)))
    expect(new Set(found).size).toBe(2)
  } finally {
    await Promise.all(databases.map((database) => database.drop()))
  }
})

async function currentDatabase(connectionString: string): Promise<unknown> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name')
  await client.end()
  return rows[0]?.name
}
