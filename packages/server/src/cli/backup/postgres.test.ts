import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { present } from '../../storage/contract/database-under-test.ts'
import { machinePostgres } from '../../testing/postgres/machine-postgres.ts'
import { type PostgresServer, startPostgres } from '../../testing/postgres/postgres-server.ts'
import {
  createTestDatabase,
  inDatabase,
  type PostgresTestDatabase,
  runStatements,
} from '../../testing/postgres/test-database.ts'
import { createTimescaleDatabase, timescaleServers } from '../../testing/postgres/timescale-database.ts'
import { jpeg } from '../../testing/test-images.ts'
import { TestServer } from '../../testing/test-server.ts'
import { testCli } from '../testing/test-cli.ts'

const T = 1_600_000_000_000
const PICTURES = 5

const machines = await machinePostgres()

/** With the tools of the machine's PostgreSQL. */
async function run(tool: string, ...args: readonly string[]): Promise<void> {
  await promisify(execFile)(join(present(machines), 'bin', tool), [...args])
}

async function withServer<Result>(
  dataDir: string,
  databaseUrl: string,
  use: (server: TestServer) => Promise<Result>,
): Promise<Result> {
  const server = await TestServer.start({ dataDir, installation: { databaseUrl, databaseConnections: 5 } })
  try {
    return await use(server)
  } finally {
    await server.stop()
  }
}

/** Measurements with pictures, numbers and tags. */
async function publish(server: TestServer, key: string, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) {
    const headers = { authorization: `Bearer ${key}` }
    const payload = await jpeg(40, 30, n)
    const url = `/publish/rpi?field=cam1&timestamp=${T + n * 1000}`
    const picture = await server.app.inject({
      method: 'POST',
      url,
      headers: { ...headers, 'content-type': 'image/jpeg' },
      payload,
    })
    const numbers = await server.app.inject({
      method: 'POST',
      url: '/publish/rpi',
      headers,
      payload: { timestamp: T + n * 1000, data: { temp: n }, tags: [`tag ${n}`] },
    })
    expect([picture.statusCode, numbers.statusCode]).toStrictEqual([201, 201])
  }
}

/** What is answered to every kind of question. */
async function answers(server: TestServer, token: string): Promise<readonly unknown[]> {
  const range = `from=${T}&to=${T + 86_400_000}`
  const paths = [
    `measurements?${range}`,
    `series?fields=temp&${range}&points=10`,
    `at?t=${T + 3000}`,
    `images?field=cam1&${range}&count=10`,
  ]
  const found: unknown[] = []
  for (const path of paths) {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await server.app.inject({ url: `/api/v1/sensors/rpi/${path}`, headers })
    expect(answer.statusCode).toBe(200)
    found.push(answer.json())
  }
  return found
}

interface Databases {
  readonly source: PostgresTestDatabase
  /** Empty. */
  readonly target: PostgresTestDatabase
}

/** What the database is saved and put back by, as docs/operations.md says. */
interface Tools {
  readonly dump: (file: string) => Promise<void>
  /** @returns the URL that the installation goes on with */
  readonly restore: (file: string) => Promise<string>
}

async function expectToComeBack({ source, target }: Databases, { dump, restore }: Tools): Promise<void> {
  const cli = await testCli()
  const at = (path: string): string => join(cli.directory, path)
  const environment = { SENIO_DATABASE_URL: source.url }

  const made = await withServer(at('data'), source.url, async (server) => {
    const { id, token } = await server.account()
    const { key } = await server.sensor('rpi', ['temp:scalar', 'cam1:image'], id)
    await publish(server, key, 0, PICTURES)
    const before = await answers(server, token)
    // The database, then the pictures, while devices publish.
    await dump(at('senio.dump'))
    await publish(server, key, PICTURES, PICTURES + 2)
    const folder = await cli.runWith({ environment }, 'backup', 'pictures', '--folder', '--pictures-only')
    expect(folder).toMatchObject({ exitCode: 0 })
    return { token, key, before }
  })

  const restored = await restore(at('senio.dump'))
  const onTarget = { environment: { SENIO_DATABASE_URL: restored } }
  const whole = await cli.runWith(onTarget, 'restore', 'pictures', '--data-dir', 'again')
  expect(whole).toMatchObject({ exitCode: 1 })
  expect(whole.stderr).toContain('pg_restore')
  const put = await cli.runWith(
    onTarget,
    'restore',
    'pictures',
    '--pictures-only',
    '--data-dir',
    'again',
    '--json',
  )
  expect(put.json()).toStrictEqual({ faulty: PICTURES, mended: PICTURES, left: [] })
  const check = await cli.runWith(onTarget, 'check', '--data-dir', 'again', '--json')
  expect(check.json()).toMatchObject({ ok: true, pictures: PICTURES })

  await withServer(at('again'), restored, async (server) => {
    expect(await answers(server, made.token)).toStrictEqual(made.before)
    await publish(server, made.key, PICTURES, PICTURES + 3)
    const { id } = await server.account('eve@example.org')
    await server.sensor('new', ['temp:scalar'], id)
    expect(await server.installation.storage.findFaults()).toStrictEqual([])
  })
  await target.drop()
  await source.drop()
}

describe.skipIf(machines === null)('an installation on PostgreSQL', () => {
  let postgres: PostgresServer
  beforeAll(async () => {
    postgres = present(await startPostgres({}, null, machines))
  }, 30_000)
  afterAll(() => postgres.dispose())

  test(
    'comes back from pg_dump and the folder of its pictures, and goes on',
    { timeout: 30_000 },
    async () => {
      const source = await createTestDatabase(postgres.url)
      const target = await createTestDatabase(postgres.url)
      await expectToComeBack(
        { source, target },
        {
          dump: (file) => run('pg_dump', '--format=custom', '--schema=senio', `--file=${file}`, source.url),
          restore: async (file) => {
            await run('pg_restore', '--no-owner', '--exit-on-error', `--dbname=${target.url}`, file)
            return target.url
          },
        },
      )
    },
  )
})

describe.skipIf(machines === null).each(timescaleServers())('an installation on TimescaleDB', (server) => {
  test(
    'comes back from pg_dump of its whole database, a hypertable as before',
    { timeout: 30_000 },
    async () => {
      const source = await createTimescaleDatabase(server)
      const target = await createTimescaleDatabase(server)
      const database = new URL(target.url).pathname.slice(1)
      const asSuperuser = inDatabase(server, database)
      await expectToComeBack(
        { source, target },
        {
          dump: (file) => run('pg_dump', '--format=custom', `--file=${file}`, source.url),
          restore: async (file) => {
            await runStatements(asSuperuser, 'SELECT timescaledb_pre_restore()')
            await run('pg_restore', '--exit-on-error', `--dbname=${asSuperuser}`, file)
            await runStatements(
              asSuperuser,
              'SELECT timescaledb_post_restore()',
              // Refused for a table that isn't one.
              `SELECT show_chunks('senio.value')`,
            )
            return inDatabase(source.url, database)
          },
        },
      )
    },
  )
})
