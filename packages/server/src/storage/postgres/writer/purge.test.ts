import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, postgresServerUrl } from '../../../testing/postgres/test-database.ts'
import { type DatabaseUnderTest, newSensor } from '../../contract/database-under-test.ts'
import { Connections } from '../connections.ts'
import { openTestDatabase, testOptions } from '../testing.ts'
import { removeRollups } from './purge.ts'

const serverUrl = await postgresServerUrl()

describe.skipIf(serverUrl === null)('removing what was deleted', () => {
  let database: DatabaseUnderTest
  let connections: Connections
  beforeAll(async () => {
    const made = await createTestDatabase(serverUrl ?? '')
    database = await openTestDatabase(made)
    connections = new Connections(testOptions(made.url))
  })
  afterAll(async () => {
    await connections.close()
    await database.dispose()
  })

  test('takes the rollups of a field in steps, so that no statement runs into its time-out', async () => {
    const { id, field } = await newSensor(database.db)
    const rollups = async (): Promise<unknown> => {
      const { rows } = await connections.use((session) => session.run('SELECT count(*) AS n FROM rollup'))
      return rows[0]?.['n']
    }
    await connections.use((session) =>
      session.run(
        `INSERT INTO rollup SELECT $1, $2, 1, start * 60000.0, 1, 1, 1, 1 FROM generate_series(1, 12000) start`,
        [id, field],
      ),
    )
    await database.db.sensors.delete(id)
    for (const left of [7000, 2000, 0]) {
      const step = connections.transaction((session) => removeRollups(session, { sensor: id, field }))
      expect(await step).toBe(left > 0)
      expect(await rollups()).toBe(left)
    }
    await database.db.measurements.purgeDeleted()
    expect(await database.db.sensors.findById(id)).toBeNull()
  })
})
