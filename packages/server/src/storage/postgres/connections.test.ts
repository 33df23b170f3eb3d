import { createServer, type Server, type Socket, connect } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../testing/postgres/postgres-server.ts'
import { createTestDatabase, postgresServerUrl } from '../../testing/postgres/test-database.ts'
import { codeOf, newSensor, present } from '../contract/database-under-test.ts'
import { UnknownOutcome } from '../unknown-outcome.ts'
import { Connections } from './connections.ts'
import { openPostgresDatabase } from './postgres-database.ts'
import { testOptions } from './testing.ts'

const isThere = (await postgresServerUrl()) !== null

/** What poolers take that keep connections by sessions. */
const TAKEN_BY_POOLERS = ['user', 'database', 'application_name', 'client_encoding']

describe.skipIf(!isThere)('connections to PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = present(await startPostgres())
  })
  afterAll(() => server.dispose())

  test('begin with no parameter that a pooler refuses, and have their time-outs all the same', async () => {
    const { url } = await createTestDatabase(server.url)
    const watched = await watchBeginnings(server.port)
    try {
      const options = testOptions(url.replace(`:${server.port}/`, `:${watched.port}/`))
      const db = await openPostgresDatabase(options)
      await newSensor(db)
      const lock = await present(db.nodeLocks).acquire(['a'])
      lock.release()
      await present(db.nodeMessages).ready()
      await db.close()
      expect(watched.parameters.length).toBeGreaterThanOrEqual(4)
      const names = new Set(watched.parameters.flat())
      expect([...names].filter((name) => !TAKEN_BY_POOLERS.includes(name))).toStrictEqual([])

      const connections = new Connections(options)
      const shown = await connections.use((session) =>
        session.tuples(`SELECT current_setting('statement_timeout'), current_setting('lock_timeout')`),
      )
      expect(shown).toStrictEqual([['15s', '10s']])
      await connections.close()
    } finally {
      watched.close()
    }
  })

  test('that are all in use are no failure of the server', async () => {
    const { url } = await createTestDatabase(server.url)
    const connections = new Connections({ ...testOptions(url), most: 1, connectTimeout: 2000 })
    const begun = Promise.withResolvers<void>()
    const done = Promise.withResolvers<void>()
    const busy = connections.use(() => {
      begun.resolve()
      return done.promise
    })
    await begun.promise
    expect(await codeOf(connections.use(async () => undefined))).toBe('overloaded')
    done.resolve()
    await busy
    await connections.close()
  })

  test('commit to the disk whatever the role is set to, and to no server without fsync', async () => {
    const { url } = await createTestDatabase(server.url)
    const role = new URL(url).username
    const admin = new pg.Client({ connectionString: server.url })
    await admin.connect()
    try {
      await admin.query(`ALTER ROLE ${role} SET synchronous_commit = off`)
      const db = await openPostgresDatabase(testOptions(url))
      await db.close()
      const connections = new Connections(testOptions(url))
      const shown = await connections.use((session) =>
        session.tuples(`SELECT current_setting('synchronous_commit')`),
      )
      expect(shown).toStrictEqual([['on']])
      await connections.close()
      await server.set('fsync', 'off')
      await expect(openPostgresDatabase(testOptions(url))).rejects.toThrow('fsync=off')
    } finally {
      await server.set('fsync', 'on')
      await admin.end()
    }
  })
})

test.skipIf(!isThere)(
  'a commit that waits for a dead standby holds nothing any more once nobody waits for it',
  async () => {
    const primary = present(await startPostgres())
    const { url } = await createTestDatabase(primary.url)
    const db = await openPostgresDatabase(testOptions(url))
    await db.close()
    const admin = new pg.Client({
      connectionString: primary.url.replace(/postgres$/, new URL(url).pathname.slice(1)),
    })
    const standby = await primary.addStandby()
    const connections = new Connections({ ...testOptions(url), statementTimeout: 300 })
    try {
      await admin.connect()
      await standby.halt('killed')
      const commit = connections.transaction((session) =>
        session.script('UPDATE senio.probe SET writes = writes + 1'),
      )
      await expect(commit).rejects.toBeInstanceOf(UnknownOutcome)
      const waiting = async (): Promise<unknown> => {
        const { rows } = await admin.query(`SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep'`)
        return rows.length
      }
      await expect.poll(waiting, { timeout: 5000 }).toBe(0)
      // It is there, on the primary: so whoever sends it again is not kept waiting for a row that nobody lets go of.
      await admin.query('BEGIN; SELECT FROM senio.probe FOR UPDATE NOWAIT; ROLLBACK')
    } finally {
      await connections.close()
      await admin.end()
      await standby.dispose()
      await primary.dispose()
    }
  },
  120_000,
)

/** Passes on what clients and the server say, and notes with which parameters each connection begins. */
async function watchBeginnings(port: number) {
  const parameters: (readonly string[])[] = []
  const sockets = new Set<Socket>()
  const proxy: Server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
    // Length and version, then names and values, each ended by a zero.
    client.once('data', (first: Buffer) => {
      const texts = first.subarray(8).toString().split('\0')
      parameters.push(texts.filter((text, n) => n % 2 === 0 && text !== ''))
    })
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = proxy.address()
  if (typeof address !== 'object' || address === null) throw new Error('The proxy has no port.')
  return {
    port: address.port,
    parameters,
    close() {
      for (const socket of sockets) socket.destroy()
      proxy.close()
    },
  }
}
