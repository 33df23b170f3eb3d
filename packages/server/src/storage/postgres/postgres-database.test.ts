import { describe } from 'vitest'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import { postgresDatabaseContract } from './postgres-database.contract.ts'

const serverUrl = await postgresServerUrl()

describe.skipIf(serverUrl === null)('PostgreSQL', () => {
  postgresDatabaseContract(() => createTestDatabase(serverUrl ?? ''))
})
