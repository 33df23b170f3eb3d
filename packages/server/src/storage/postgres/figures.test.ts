import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import { type DatabaseUnderTest, present } from '../contract/database-under-test.ts'
import type { Database } from '../storage.ts'
import { openTestDatabase } from './testing.ts'

const serverUrl = await postgresServerUrl()

function figure(db: Database, name: string): number {
  return present(present(db.figures).find((one) => one.name === name)).value()
}

describe.skipIf(serverUrl === null)('what a node tells of its PostgreSQL', () => {
  let database: DatabaseUnderTest
  let other: Database
  beforeAll(async () => {
    database = await openTestDatabase(await createTestDatabase(serverUrl ?? ''))
    other = await database.openAnother()
  })
  afterAll(() => database.dispose())

  test('is how many messages of others came, and whether more can', async () => {
    const { db } = database
    expect(figure(db, 'senio_node_messages_connected')).toBe(0)
    await Promise.all([db, other].map((node) => present(node.nodeMessages).ready()))
    expect(figure(db, 'senio_node_messages_connected')).toBe(1)
    for (let n = 0; n < 3; n++) present(other.nodeMessages).send(`message ${n}`)
    await expect.poll(() => figure(db, 'senio_node_messages_received_total')).toBe(3)
    expect(figure(other, 'senio_node_messages_received_total')).toBe(0)
    expect(figure(db, 'senio_node_messages_interruptions_total')).toBe(0)
  })

  test('is how many connections are in use, and who waits for one', async () => {
    const { db } = database
    const names = ['senio_database_connections_in_use', 'senio_database_connections_waiting']
    const crowd = Promise.all(Array.from({ length: 20 }, () => db.accounts.findByEmail('nobody@example.org')))
    await new Promise((resolve) => setImmediate(resolve))
    expect(figure(db, names[1] ?? '')).toBeGreaterThan(0)
    await crowd
    const alone = db.accounts.findByEmail('nobody@example.org')
    await new Promise((resolve) => setImmediate(resolve))
    expect(figure(db, names[1] ?? '')).toBe(0)
    await alone
    expect(names.map((name) => figure(db, name))).toStrictEqual([0, 0])
    expect(figure(db, 'senio_database_connections')).toBeGreaterThan(0)
  })
})
