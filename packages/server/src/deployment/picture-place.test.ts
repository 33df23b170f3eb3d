import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SenioError } from '@senio/protocol'
import { afterEach, describe, expect, test } from 'vitest'
import { testCli } from '../cli/testing/test-cli.ts'
import { loadConfig } from '../config/config.ts'
import { serve } from '../serve.ts'
import { present } from '../storage/contract/database-under-test.ts'
import { createBucket, s3Server } from '../testing/ceph/test-bucket.ts'
import { createTestDatabase, postgresServerUrl } from '../testing/postgres/test-database.ts'
import { jpeg } from '../testing/test-images.ts'
import { TestServer } from '../testing/test-server.ts'

type Environment = Readonly<Record<string, string>>

const [serverUrl, store] = await Promise.all([postgresServerUrl(), s3Server()])
const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'senio-place-'))
  cleanUps.push(() => rm(directory, { recursive: true }))
  return directory
}

async function newDatabase(): Promise<Environment> {
  const database = await createTestDatabase(present(serverUrl))
  cleanUps.push(() => database.drop())
  return { SENIO_DATABASE_URL: database.url, SENIO_DATABASE_CONNECTIONS: '5' }
}

async function newBucket(): Promise<Environment> {
  const { url, credentials } = await createBucket(present(store))
  return {
    SENIO_BLOB_URL: url,
    SENIO_S3_ACCESS_KEY: credentials.accessKey,
    SENIO_S3_SECRET_KEY: credentials.secretKey,
  }
}

/** What a node that starts there says why it refuses; null for one that runs. It is stopped again. */
async function refusalOf(dataDir: string, environment: Environment): Promise<string | null> {
  const settings = { SENIO_PORT: '0', SENIO_HOST: '127.0.0.1', SENIO_LOG_LEVEL: 'fatal' }
  const config = loadConfig({}, { ...settings, SENIO_DATA_DIR: dataDir, ...environment })
  try {
    const server = await serve(config, () => undefined)
    await server.stop()
    return null
  } catch (error) {
    if (!(error instanceof SenioError) || error.code !== 'parameter-invalid') throw error
    return error.message
  }
}

/** As a version did that knew nothing of places: pictures, and no mark. */
async function publish(dataDir: string, environment: Environment, shade = 0): Promise<void> {
  const installation = loadConfig({}, environment)
  const { databaseUrl, blobUrl, s3AccessKey, s3SecretKey } = installation
  const server = await TestServer.start({
    dataDir,
    installation: { databaseUrl, databaseConnections: 5, blobUrl, s3AccessKey, s3SecretKey },
  })
  const { key } = await server.sensor('rpi', ['cam1:image'])
  for (const seed of [1, 2, 3]) {
    const answer = await server.app.inject({
      method: 'POST',
      url: `/publish/rpi?field=cam1&timestamp=${1_600_000_000_000 + seed}`,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg' },
      payload: await jpeg(32, 24, shade + seed),
    })
    expect(answer.statusCode).toBe(201)
  }
  await server.stop()
}

describe.skipIf(serverUrl === null)('nodes on one PostgreSQL without a bucket', { timeout: 180_000 }, () => {
  test('that start at once on a new database don’t put pictures into several directories', async () => {
    const environment = await newDatabase()
    const directories = await Promise.all([newDirectory(), newDirectory(), newDirectory()])
    const refusals = await Promise.all(directories.map((directory) => refusalOf(directory, environment)))
    expect(refusals.filter((refusal) => refusal === null)).toHaveLength(1)
    for (const refusal of refusals) {
      if (refusal !== null) expect(refusal).toContain('need a bucket that all of them name (--blob-url)')
    }
    // And so it stays.
    const again: (string | null)[] = []
    for (const directory of directories) again.push(await refusalOf(directory, environment))
    expect(again.map((refusal) => refusal === null)).toStrictEqual(
      refusals.map((refusal) => refusal === null),
    )
  })

  test('start where the pictures of an earlier version are, and nowhere else, until that is said', async () => {
    const environment = await newDatabase()
    const [here, there] = [await newDirectory(), await newDirectory()]
    await publish(here, environment)
    expect(await refusalOf(there, environment)).toContain(
      'none of the pictures that the database knows is there',
    )
    expect(await refusalOf(here, environment)).toBeNull()
    expect(await refusalOf(here, environment)).toBeNull()
    await rm(join(there, 'originals'), { recursive: true })
    expect(await refusalOf(there, environment)).toContain('it has not the mark')
    const cli = await testCli()
    const moved = await cli.runWith({ environment }, 'migrate', '--pictures-here', '--data-dir', there)
    expect(moved).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(join(there, 'originals')) })
    expect(await refusalOf(there, environment)).toBeNull()
    expect(await refusalOf(here, environment)).toContain('it has the mark of another place')
  })

  test('follow pictures that are put back from a backup, and a directory that is copied whole', async () => {
    const environment = await newDatabase()
    const [here, copied] = [await newDirectory(), await newDirectory()]
    await publish(here, environment)
    expect(await refusalOf(here, environment)).toBeNull()
    const cli = await testCli()
    const run = (...argv: readonly string[]) => cli.runWith({ environment }, ...argv)
    expect(await run('backup', 'b', '--folder', '--pictures-only', '--data-dir', here)).toMatchObject({
      exitCode: 0,
    })
    await cp(here, copied, { recursive: true })
    expect(await refusalOf(copied, environment)).toBeNull()
    const again = join(cli.directory, 'again')
    const restored = await run('restore', 'b', '--pictures-only', '--data-dir', again)
    expect(restored).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(
        '3 of them put back as they were published.\nThe pictures are in the directory',
      ),
    })
    expect(await refusalOf(again, environment)).toBeNull()
    expect(await refusalOf(here, environment)).toContain('it has the mark of another place')
    // Where they are no others are put.
    const wrong = await run('restore', 'b', '--pictures-only', '--data-dir', here, '--json')
    expect(wrong.problem()).toMatchObject({ code: 'parameter-invalid', field: 'data-dir' })
    expect((await run('restore', 'b', '--pictures-only', '--data-dir', again, '--json')).exitCode).toBe(0)
  })
})

describe.skipIf(store === null)('an installation with a bucket', { timeout: 180_000 }, () => {
  test('starts with its own only, and a backup of it comes back in a directory', async () => {
    const [bucket, other] = [await newBucket(), await newBucket()]
    const dataDir = await newDirectory()
    await publish(dataDir, bucket)
    expect(await refusalOf(dataDir, bucket)).toBeNull()
    expect(await refusalOf(dataDir, other)).toContain('Look whether --blob-url names the same bucket')
    expect(await refusalOf(dataDir, {})).toContain('are not in the directory')
    expect(await refusalOf(dataDir, bucket)).toBeNull()
    // Another database with nothing in it, whose node would remove them.
    expect(await refusalOf(await newDirectory(), bucket)).toContain(
      'it holds pictures of another installation',
    )

    const cli = await testCli()
    const backup = await cli.runWith({ environment: bucket }, 'backup', 'b', '--data-dir', dataDir)
    expect(backup).toMatchObject({ exitCode: 0 })
    for (const [name, environment] of [
      ['files', {}],
      ['bucket', await newBucket()],
      ['same bucket', bucket],
    ] as const) {
      const again = join(cli.directory, name)
      expect(await cli.runWith({ environment }, 'restore', 'b', '--data-dir', again)).toMatchObject({
        exitCode: 0,
      })
      expect(await refusalOf(again, environment)).toBeNull()
    }
    // Another installation's pictures don't get in between.
    const third = await newDirectory()
    await publish(third, {}, 10)
    await cli.run('backup', 'third', '--data-dir', third)
    const mixed = await cli.runWith(
      { environment: bucket },
      'restore',
      'third',
      '--data-dir',
      join(cli.directory, 'mixed'),
    )
    expect(mixed).toMatchObject({ exitCode: 1 })
    // That database has another place now.
    const elsewhere = { environment: other }
    expect(await cli.runWith(elsewhere, 'migrate', '--pictures-here', '--data-dir', dataDir)).toMatchObject({
      exitCode: 0,
    })
    expect(await refusalOf(dataDir, other)).toBeNull()
    expect(await refusalOf(dataDir, bucket)).not.toBeNull()
  })
})

test('a data directory with all in it has no mark, and starts wherever it is put together', async () => {
  const dataDir = await newDirectory()
  await publish(dataDir, {})
  expect(await refusalOf(dataDir, {})).toBeNull()
  expect(await readdir(join(dataDir, 'originals'))).not.toContain('mark')
  await rm(join(dataDir, 'originals'), { recursive: true })
  expect(await refusalOf(dataDir, {})).toBeNull()
})
