import { expect, test } from 'vitest'
import { createTestDatabase, postgresServerUrl } from '../testing/postgres/test-database.ts'
import { testCli } from './testing/test-cli.ts'

const serverUrl = await postgresServerUrl()

test.each([
  { name: 'in a data directory', databaseUrl: async () => null },
  ...(serverUrl === null
    ? []
    : [{ name: 'in PostgreSQL', databaseUrl: async () => (await createTestDatabase(serverUrl)).url }]),
])('of several that migrate an empty database at once, one does it: $name', async ({ databaseUrl }) => {
  const cli = await testCli()
  const url = await databaseUrl()
  const given = url === null ? {} : { environment: { SENIO_DATABASE_URL: url } }
  const runs = await Promise.all([1, 2, 3].map(() => cli.runWith(given, 'migrate', '--json')))
  expect(runs.map(({ exitCode, stderr }) => [exitCode, stderr])).toStrictEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ])
  const done = runs.map(({ json }) => json() as { readonly from: number; readonly to: number })
  expect(done.filter(({ from }) => from === 0)).toHaveLength(1)
  expect(done.filter(({ from, to }) => from === to && to > 0)).toHaveLength(2)
  expect((await cli.runWith(given, 'migrate')).stdout).toMatch(/^Nothing to do: the database has format \d+/)
})
