import pg from 'pg'
import { describe } from 'vitest'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import { describeEveryFormat } from '../contract/every-format.contract.ts'
import { FORMAT } from './migrations/index.ts'
import { openPostgresDatabase } from './postgres-database.ts'
import { testOptions } from './testing.ts'

const serverUrl = await postgresServerUrl()

describe.skipIf(serverUrl === null)('PostgreSQL', () => {
  describeEveryFormat({
    directory: new URL('./formats/', import.meta.url),
    current: FORMAT,
    hasNotes: 1,
    async open(statements) {
      const created = await createTestDatabase(serverUrl ?? '')
      const client = new pg.Client({ connectionString: created.url })
      await client.connect()
      await client.query(statements)
      await client.end()
      return { db: await openPostgresDatabase(testOptions(created.url)), drop: () => created.drop() }
    },
  })
})
