import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settings } from '../config/settings.ts'
import { present } from '../storage/contract/database-under-test.ts'
import { createBucket, s3Server } from '../testing/ceph/test-bucket.ts'
import { createTestDatabase, postgresServerUrl } from '../testing/postgres/test-database.ts'
import { commands } from './commands.ts'
import { storageOptions } from './options.ts'
import { testCli } from './testing/test-cli.ts'

const [postgres, store] = await Promise.all([postgresServerUrl(), s3Server()])

const EMAIL = 'ada@example.org'

test('every command that works on an installation takes all that says where it is, as the server does', () => {
  const onInstallation = commands.filter(({ options }) => 'dataDir' in options)
  expect(onInstallation.length).toBeGreaterThan(20)
  for (const [name, { flag }] of Object.entries(storageOptions)) {
    expect(settings).toHaveProperty(name, expect.objectContaining({ flag }))
    for (const { path, options } of onInstallation) {
      expect([path, options[name]?.flag]).toStrictEqual([path, flag])
    }
  }
})

test('a whole backup is not put into a directory that PostgreSQL would be used instead of', async () => {
  const cli = await testCli()
  await writeFile(join(cli.directory, 'b.tar'), '')
  const given = { environment: { SENIO_DATABASE_URL: 'postgres://u@127.0.0.1:1/d' } }
  const { exitCode, problem } = await cli.runWith(given, 'restore', 'b.tar', '--json')
  expect(exitCode).toBe(1)
  expect(problem()).toMatchObject({ code: 'parameter-invalid', field: 'database-url' })
})

test.skipIf(postgres === null || store === null)(
  'what is elsewhere is named by flags alone, and nothing is left in a data directory',
  async () => {
    const cli = await testCli()
    const database = await createTestDatabase(present(postgres))
    const bucket = await createBucket(present(store))
    const secret = join(cli.directory, 'secret')
    await writeFile(secret, `${bucket.credentials.secretKey}\n`)
    const places = ['--database-url', database.url, '--blob-url', bucket.url, '--database-connections', '4']
    const keys = ['--s3-access-key', bucket.credentials.accessKey, '--s3-secret-key-file', secret]
    const run = (...argv: readonly string[]) => cli.run(...argv, ...places, ...keys)
    const done = { exitCode: 0, stderr: '' }
    expect(await run('migrate')).toMatchObject(done)
    expect(await run('user', 'create', '--email', EMAIL)).toMatchObject(done)
    expect(await run('sensor', 'create', 'rpi', '--owner', EMAIL, '--field', 'cam1:image')).toMatchObject(
      done,
    )
    expect(await run('key', 'create', 'rpi')).toMatchObject(done)
    expect((await run('key', 'list', 'rpi', '--json')).json()).toMatchObject({ keys: [{}, {}] })
    expect((await run('check', '--json')).json()).toMatchObject({ ok: true })
    await expect(readFile(join(cli.directory, 'data', 'senio.db'))).rejects.toMatchObject({ code: 'ENOENT' })
    await database.drop()
  },
)

test.skipIf(postgres === null)(
  'a database without Senio is not found sound, and stays as it is',
  async () => {
    const cli = await testCli()
    const database = await createTestDatabase(present(postgres))
    const given = { environment: { SENIO_DATABASE_URL: database.url } }
    for (const command of [['check'], ['sensor', 'list'], ['backup', '--folder', 'b', '--pictures-only']]) {
      const { exitCode, problem } = await cli.runWith(given, ...command, '--json')
      expect(exitCode).toBe(1)
      expect(problem()).toMatchObject({ code: 'not-found', field: 'database-url' })
    }
    const copied = await cli.run(
      'copy',
      '--from',
      database.url,
      '--from',
      'pictures',
      '--to',
      'target',
      '--json',
    )
    expect(copied.problem()).toMatchObject({ code: 'not-found', field: 'from' })
    expect(await readdir(cli.directory)).toStrictEqual([])
    // Whoever makes its tables finds none.
    const made = await cli.runWith(given, 'migrate', '--json')
    expect(made.json()).toMatchObject({ from: 0 })
    await database.drop()
  },
)

test.skipIf(postgres === null)('a role that may not make its tables is told what it lacks', async () => {
  const cli = await testCli()
  const owned = await createTestDatabase(present(postgres))
  const other = await createTestDatabase(present(postgres))
  const url = new URL(other.url)
  url.pathname = new URL(owned.url).pathname
  const given = { environment: { SENIO_DATABASE_URL: url.href } }
  const { exitCode, stderr } = await cli.runWith(given, 'migrate')
  expect(exitCode).toBe(1)
  const [database, role] = [url.pathname.slice(1), url.username]
  expect(stderr).toContain(`GRANT CREATE ON DATABASE ${database} TO ${role};`)
  await owned.drop()
  await other.drop()
})
