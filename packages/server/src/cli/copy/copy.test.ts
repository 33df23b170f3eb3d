import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InstallationOptions } from '../../compose.ts'
import { loadConfig } from '../../config/config.ts'
import { present } from '../../storage/contract/database-under-test.ts'
import { apiClient } from '../../testing/api-client.ts'
import { createBucket, s3Server } from '../../testing/ceph/test-bucket.ts'
import {
  createTestDatabase,
  type PostgresTestDatabase,
  postgresServerUrl,
} from '../../testing/postgres/test-database.ts'
import { createTimescaleDatabase, timescaleServers } from '../../testing/postgres/timescale-database.ts'
import { jpeg } from '../../testing/test-images.ts'
import { TestServer } from '../../testing/test-server.ts'
import { type TestCli, testCli } from '../testing/test-cli.ts'

const [postgres, store] = await Promise.all([postgresServerUrl(), s3Server()])

const T = 1_600_000_000_000
const MINUTE = 60_000
const MEASUREMENTS = 3000
const FIELDS = ['temp:scalar:celsius', 'door:boolean', 'place:location', 'cam1:image']

type Options = Partial<InstallationOptions>

/** What a greenhouse holds after a while: something of everything. */
interface Greenhouse {
  readonly token: string
  readonly key: string
  readonly sha1s: readonly string[]
}

async function furnish(server: TestServer): Promise<Greenhouse> {
  const { id, token } = await server.account()
  const ask = apiClient(server, token)
  // Ids with gaps, and a field that a view still names after it was deleted.
  await server.sensor('gone', ['temp:scalar'], id)
  const { key } = await server.sensor('rpi', [...FIELDS, 'old:scalar'], id)
  await server.sensor('empty', ['level:scalar'], id)
  await server.account('eve@example.org')
  const publish = (path: string, contentType: string, payload: string | Buffer) =>
    server.app.inject({
      method: 'POST',
      url: `/publish/rpi${path}`,
      headers: { authorization: `Bearer ${key}`, 'content-type': contentType },
      payload,
    })
  const measurements = Array.from({ length: MEASUREMENTS }, (_, n) => ({
    timestamp: T + n * MINUTE + (n % 7) / 8,
    data: {
      temp: Math.sin(n / 100) * 20 + 0.1,
      ...(n % 10 === 0 ? { door: n % 20 === 0 } : {}),
      ...(n % 500 === 0 ? { place: { lat: n / 100, lon: -0.25 } } : {}),
    },
    tags: n % 400 === 0 ? { who: 'Ängström', n } : null,
  }))
  expect((await publish('', 'application/json', JSON.stringify(measurements))).statusCode).toBe(201)
  const pictures = await Promise.all([1, 2, 3].map((seed) => jpeg(48, 32, seed)))
  for (const [n, picture] of pictures.entries()) {
    const answer = await publish(`?field=cam1&timestamp=${T + n * MINUTE * 100}`, 'image/jpeg', picture)
    expect(answer.statusCode).toBe(201)
  }
  const panels = [
    {
      columns: 6,
      rows: 4,
      fields: [
        { sensor: 'rpi', field: 'temp' },
        { sensor: 'rpi', field: 'old' },
      ],
    },
  ]
  expect((await ask('POST', '/views', { name: 'All', panels })).status).toBe(201)
  expect(
    (await ask('POST', '/sensors/rpi/notes', { from: T, to: T + MINUTE, text: 'watered 💧' })).status,
  ).toBe(201)
  const old = present((await server.installation.storage.sensors.findByName('rpi'))[0]?.fields.at(-1))
  await server.installation.storage.sensors.deleteField(old.id)
  await ask('DELETE', '/sensors/gone')
  return { token, key, sha1s: pictures.map((bytes) => createHash('sha1').update(bytes).digest('hex')) }
}

/** Every answer that a person can get, as text. */
async function answers(server: TestServer, { token, sha1s }: Greenhouse): Promise<readonly string[]> {
  const ask = apiClient(server, token)
  const end = T + MEASUREMENTS * MINUTE
  const fields = 'fields=temp,door'
  const paths = [
    '/me',
    '/tokens',
    '/sensors',
    '/views',
    '/sensors/rpi',
    '/sensors/empty',
    '/sensors/gone',
    '/sensors/rpi/keys',
    `/sensors/rpi/notes?from=${T - 1}&to=${end}`,
    `/sensors/rpi/series?${fields}&from=${T}&to=${end}&points=10`,
    `/sensors/rpi/series?${fields}&from=${T + 1000}&to=${end - 12_345}&points=777`,
    `/sensors/rpi/series?fields=place&from=${T}&to=${end}&points=5`,
    `/sensors/rpi/series?${fields}&from=${T}&to=${end}&points=100000`,
    `/sensors/rpi/measurements?limit=1000`,
    `/sensors/rpi/measurements?tag=Ängström`,
    `/sensors/rpi/tags`,
    `/sensors/rpi/at?t=${T + 1000 * MINUTE}`,
    '/sensors/rpi/latest',
    `/sensors/rpi/images?field=cam1&from=${T}&to=${end}`,
    ...sha1s.flatMap((sha1) => [
      `/sensors/rpi/images/${sha1}?size=original`,
      `/sensors/rpi/images/${sha1}?size=thumb`,
    ]),
  ]
  const found: string[] = []
  for (const path of paths) {
    const { status, bytes } = await ask('GET', path)
    found.push(
      `${path} ${status} ${createHash('sha256').update(bytes).digest('hex')} ${bytes.toString('latin1').slice(0, 300)}`,
    )
  }
  return found
}

async function onServer<T>(
  dataDir: string,
  installation: Options,
  use: (server: TestServer) => Promise<T>,
): Promise<T> {
  const server = await TestServer.start({ dataDir, installation })
  try {
    return await use(server)
  } finally {
    await server.stop()
  }
}

let original: {
  readonly directory: string
  readonly greenhouse: Greenhouse
  readonly before: readonly string[]
}

beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'senio-greenhouse-'))
  original = await onServer(directory, {}, async (server) => {
    const greenhouse = await furnish(server)
    return { directory, greenhouse, before: await answers(server, greenhouse) }
  })
})
afterAll(() => rm(original.directory, { recursive: true }))

/** A program's own directory with the furnished installation in it. */
async function withGreenhouse() {
  const cli = await testCli()
  const data = join(cli.directory, 'data')
  await cp(original.directory, data, { recursive: true })
  return { ...original, cli, data }
}

/** Starts a copy and interrupts it after a while, until it is done. @returns how often it had to be started */
async function copyWithInterruptions(
  cli: TestCli,
  environment: Readonly<Record<string, string>>,
  ...places: readonly string[]
): Promise<number> {
  for (let run = 1; run < 100; run++) {
    const stop = new AbortController()
    let lookedAt = 0
    // Each run gets a little further.
    const signal = new Proxy(stop.signal, {
      get(target, name) {
        if (name === 'throwIfAborted' && ++lookedAt > 10 + 5 * run) stop.abort()
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const { exitCode, problem } = await cli.runWith({ environment, signal }, 'copy', ...places, '--json')
    if (exitCode === 0) return run
    expect(problem()).toMatchObject({ code: 'shutting-down' })
  }
  throw new TypeError('It is never done.')
}

async function expectSameThereAndBack(database: PostgresTestDatabase): Promise<void> {
  const { cli, greenhouse, before } = await withGreenhouse()
  const bucket = await createBucket(present(store))
  const { accessKey, secretKey } = bucket.credentials
  const environment = {
    SENIO_S3_ACCESS_KEY: accessKey,
    SENIO_COPY_TO_S3_SECRET_KEY: '',
    AWS_SECRET_ACCESS_KEY: secretKey,
  }
  const far = ['--to', database.url, '--to', bucket.url]
  expect(await copyWithInterruptions(cli, environment, '--from', 'data', ...far)).toBeGreaterThan(1)
  const { blobUrl, s3AccessKey, s3SecretKey } = loadConfig({ blobUrl: bucket.url }, environment)
  const installation = {
    databaseUrl: database.url,
    databaseConnections: 5,
    blobUrl,
    s3AccessKey,
    s3SecretKey,
  }
  await onServer(join(cli.directory, 'node'), installation, async (server) => {
    expect(await answers(server, greenhouse)).toStrictEqual(before)
    // What the source has had before, so that nothing changes: it's the key that counts.
    const published = await server.app.inject({
      method: 'POST',
      url: '/publish/rpi',
      headers: { authorization: `Bearer ${greenhouse.key}` },
      payload: { timestamp: T, data: { temp: 0.1 } },
    })
    expect(published.statusCode).toBe(201)
  })
  const back = await cli.runWith(
    { environment: { ...environment, SENIO_COPY_FROM: `${database.url}\n${bucket.url}` } },
    'copy',
    '--to',
    'home',
  )
  expect(back).toMatchObject({ exitCode: 0 })
  await onServer(join(cli.directory, 'home'), {}, async (server) => {
    expect(await answers(server, greenhouse)).toStrictEqual(before)
  })
  await database.drop()
}

describe('senio copy', () => {
  test('moves a data directory to another one, ids and keys kept', async () => {
    const { cli, greenhouse, before } = await withGreenhouse()
    const { exitCode, stdout, stderr } = await cli.run('copy', '--from', 'data', '--to', 'there')
    expect(stderr + stdout).toMatch(/Copied: 2 accounts, 2 sensors, 3,002 measurements and 3 pictures/)
    expect(exitCode).toBe(0)
    await onServer(join(cli.directory, 'there'), {}, async (server) => {
      expect(await answers(server, greenhouse)).toStrictEqual(before)
      // Ids of what was deleted are given to nobody else.
      const { storage } = server.installation
      const [sensor] = await storage.sensors.findByName('rpi')
      const ids = present(sensor).fields.map(({ id }) => id)
      const added = await storage.sensors.addField(present(sensor).id, {
        name: 'new',
        type: 'scalar',
        unit: '',
      })
      expect(added.id).toBeGreaterThan(Math.max(...ids) + 1)
    })
    expect(await cli.run('check', '--data-dir', 'there')).toMatchObject({ exitCode: 0 })
  })

  test('goes on where it was interrupted, and nothing starts on a target that is not done', async () => {
    const { cli, greenhouse, before } = await withGreenhouse()
    const there = join(cli.directory, 'there')
    const stopped = new AbortController()
    stopped.abort()
    await cli.runWith({ signal: stopped.signal }, 'copy', '--from', 'data', '--to', 'there')
    expect((await cli.run('user', 'list', '--data-dir', 'there')).stderr).toMatch(/copy that isn't done/)
    // Of another installation it is no copy.
    await onServer(join(cli.directory, 'other'), {}, (server) => server.account('bob@example.org'))
    const other = await cli.run('copy', '--from', 'other', '--to', 'there', '--json')
    expect(other.problem()).toMatchObject({ code: 'name-taken', field: 'to' })
    expect(await copyWithInterruptions(cli, {}, '--from', 'data', '--to', 'there')).toBeGreaterThan(1)
    await onServer(there, {}, async (server) => {
      expect(await answers(server, greenhouse)).toStrictEqual(before)
    })
  })

  test('refuses a target in use, a source that is not there, and places it cannot understand', async () => {
    const { cli } = await withGreenhouse()
    await onServer(join(cli.directory, 'other'), {}, (server) => server.account('bob@example.org'))
    await mkdir(join(cli.directory, 'documents'))
    await writeFile(join(cli.directory, 'documents', 'letter.txt'), 'Dear')
    const codeOf = async (...argv: readonly string[]) =>
      (await cli.run('copy', ...argv, '--json')).problem().code
    expect(await codeOf('--from', 'data', '--to', 'other')).toBe('name-taken')
    expect(await codeOf('--from', 'data', '--to', 'data')).toBe('name-taken')
    expect(await codeOf('--from', 'data', '--to', 'documents')).toBe('name-taken')
    expect(await codeOf('--from', 'nowhere', '--to', 'there')).toBe('not-found')
    expect(await codeOf('--from', 'data')).toBe('parameter-invalid')
    expect(await codeOf('--from', 'data', '--to', 's3://bucket')).toBe('parameter-invalid')
    expect(await codeOf('--from', 'data', '--to', 'postgres://u:secret@h/d')).toBe('parameter-invalid')
    expect(await codeOf('--from', 'data', '--to', 'mysql://u:secret@h/d')).toBe('parameter-invalid')
    expect(await codeOf('--from', 'data', '--to', 'a', '--to', 'b')).toBe('parameter-invalid')
  })

  test('names pictures that the source has lost, and copies the rest', async () => {
    const { cli, data, greenhouse } = await withGreenhouse()
    const sha1 = present(greenhouse.sha1s[0])
    await onServer(data, {}, (server) => server.installation.storage.originals.delete(sha1))
    const { exitCode, json } = await cli.run('copy', '--from', 'data', '--to', 'there', '--json')
    expect(exitCode).toBe(1)
    expect(json()).toMatchObject({ ok: false, lost: [sha1], pictures: 3, measurements: 3002 })
  })

  test.skipIf(postgres === null || store === null)(
    'moves to PostgreSQL and a bucket and back, interrupted and gone on with, and every answer stays the same',
    async () => expectSameThereAndBack(await createTestDatabase(present(postgres))),
    60_000,
  )

  test.skipIf(store === null).each(timescaleServers())(
    'moves to TimescaleDB and a bucket and back, and every answer stays the same',
    async (server) => expectSameThereAndBack(await createTimescaleDatabase(server)),
    60_000,
  )
})
