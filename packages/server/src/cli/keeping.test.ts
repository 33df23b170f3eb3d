import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { NOW, type TestCli, testCli } from './testing/test-cli.ts'
import { withSenio } from './open.ts'
import { resolveOptions, storageOptions } from './options.ts'

const EMAIL = 'me@example.org'

/** Pictures of one colour each. */
function picture(shade: number): Promise<Buffer> {
  return sharp({ create: { width: 32, height: 24, channels: 3, background: { r: shade, g: 90, b: 40 } } })
    .jpeg()
    .toBuffer()
}

/** A data directory with a sensor, three numbers and two pictures. */
async function withData(): Promise<TestCli & { readonly sha1s: readonly string[] }> {
  const cli = await testCli()
  await cli.run('user', 'create', '--email', EMAIL)
  await cli.run(
    'sensor',
    'create',
    'rpi',
    '--owner',
    EMAIL,
    '--field',
    'temp:scalar',
    '--field',
    'cam1:image',
  )
  const pictures = await Promise.all([picture(10), picture(200)])
  const io = { ...unusedIo, directory: cli.directory }
  await withSenio(
    resolveOptions(storageOptions, { dataDir: 'data' }, {}),
    io,
    async ({ storage, ingest }) => {
      const [sensor] = await storage.sensors.findByName('rpi')
      if (sensor === undefined) return
      await ingest.publishMany(
        sensor,
        [1, 2, 3].map((hour) => ({ timestamp: NOW - hour * 3_600_000, data: { temp: hour } })),
      )
      for (const [index, bytes] of pictures.entries()) {
        const received: Parameters<typeof ingest.publish>[2] = new Map()
        await ingest.receive(sensor, 'cam1', chunk(bytes), received)
        await ingest.publish(sensor, { timestamp: NOW - index * 1000 }, received, null)
      }
    },
  )
  return { ...cli, sha1s: pictures.map((bytes) => createHash('sha1').update(bytes).digest('hex')) }
}

const unusedIo = {
  stdout: { write: () => undefined },
  stderr: { write: () => undefined },
  stdin: chunk(Buffer.alloc(0)),
  interactive: false,
  columns: 80,
  environment: {},
  clock: () => NOW,
  signal: new AbortController().signal,
  ask: () => Promise.resolve(''),
}

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** The file of a stored original, wherever the store puts it. */
async function fileOf(directory: string, sha1: string | undefined): Promise<string> {
  const files = await readdir(directory, { recursive: true })
  const found = files.find((file) => sha1 !== undefined && file.includes('originals') && file.endsWith(sha1))
  return join(directory, found ?? 'not found')
}

test('a sound data directory passes the check', async () => {
  const cli = await withData()
  const { exitCode, json } = await cli.run('check', '--json')
  expect(exitCode).toBe(0)
  expect(json()).toMatchObject({ ok: true, measurements: 5, pictures: 2, problems: [] })
})

test('pictures that were truncated, changed or deleted by hand are named', async () => {
  const cli = await withData()
  await truncate(await fileOf(cli.directory, cli.sha1s[0]), 100)
  await rm(await fileOf(cli.directory, cli.sha1s[1]))
  const { exitCode, json, stdout } = await cli.run('check', '--json')
  expect(exitCode).toBe(1)
  expect(json()).toMatchObject({ ok: false })
  const { problems } = json() as { problems: readonly { kind: string; sha1: string }[] }
  expect(new Map(problems.map(({ sha1, kind }) => [sha1, kind]))).toEqual(
    new Map([
      [cli.sha1s[0], 'picture-damaged'],
      [cli.sha1s[1], 'picture-missing'],
    ]),
  )
  expect(stdout).toContain(cli.sha1s[0])
})

test('a picture that can’t be read is named, with what lies behind it, and backups are made without it', async () => {
  const cli = await withData()
  const [unreadable, missing] = cli.sha1s
  const file = await fileOf(cli.directory, unreadable)
  await rm(await fileOf(cli.directory, missing))
  await rm(file)
  // Its name is there, and whoever reads it gets an error, as with a bad sector.
  await mkdir(file)
  const check = await cli.run('check', '--json')
  expect(check.exitCode).toBe(1)
  const { problems } = check.json() as { problems: readonly { kind: string; sha1: string }[] }
  expect(new Map(problems.map(({ sha1, kind }) => [sha1, kind]))).toEqual(
    new Map([
      [unreadable, 'picture-unreadable'],
      [missing, 'picture-missing'],
    ]),
  )
  for (const args of [['b.tar'], ['b', '--folder']]) {
    const backup = await cli.run('backup', ...args, '--json')
    expect(backup.exitCode).toBe(1)
    const { lost } = backup.json() as { lost: readonly string[] }
    expect(new Set(lost)).toEqual(new Set([unreadable, missing]))
    expect((await cli.run('restore', args[0] ?? '', '--data-dir', `again-${args.length}`)).exitCode).toBe(0)
  }
})

test('rows that can’t be decoded are named, and no more than that', async () => {
  const cli = await withData()
  const db = new DatabaseSync(join(cli.directory, 'data', 'senio.db'))
  db.exec(
    `UPDATE field SET type = 'colour' WHERE id = 1; INSERT INTO measurement_tags VALUES (1, 1, '{nonsense')`,
  )
  db.close()
  const { exitCode, stdout } = await cli.run('check')
  expect(exitCode).toBe(1)
  expect(stdout).toMatch(/the field 1 has the type "colour"/)
  expect(stdout).toMatch(/the tags of the sensor ".*" at 1 are none/)
})

test('a flipped bit is found', async () => {
  const cli = await withData()
  const file = await fileOf(cli.directory, cli.sha1s[0])
  const bytes = await readFile(file)
  bytes[200] = (bytes[200] ?? 0) ^ 1
  await writeFile(file, bytes)
  expect(await cli.run('check')).toMatchObject({ exitCode: 1 })
})

test('what was backed up comes back: accounts, sensors, measurements and pictures to the last bit', async () => {
  const cli = await withData()
  const backup = await cli.run('backup', 'b.tar', '--json')
  expect(backup.json()).toMatchObject({ format: 'senio-backup', pictures: { count: 2 }, lost: [] })
  const restored = await cli.run('restore', 'b.tar', '--data-dir', 'again', '--json')
  expect(restored).toMatchObject({ exitCode: 0 })
  const check = await cli.run('check', '--data-dir', 'again', '--json')
  expect(check.json()).toMatchObject({ ok: true, measurements: 5, pictures: 2 })
  const [before, after] = await Promise.all([
    cli.run('sensor', 'list', '--json'),
    cli.run('sensor', 'list', '--json', '--data-dir', 'again'),
  ])
  expect(after.json()).toEqual(before.json())
  expect(await readdir(cli.directory)).toEqual(['again', 'b.tar', 'data'])
})

test('a backup replaces a file only when it is told to', async () => {
  const cli = await withData()
  await writeFile(join(cli.directory, 'b.tar'), 'mine')
  expect(await cli.run('backup', 'b.tar')).toMatchObject({ exitCode: 1 })
  expect(await readFile(join(cli.directory, 'b.tar'), 'utf8')).toBe('mine')
  expect(await cli.run('backup', 'b.tar', '--replace')).toMatchObject({ exitCode: 0 })
})

test('a backup of a damaged store holds the rest, says so, and can be restored', async () => {
  const cli = await withData()
  await truncate(await fileOf(cli.directory, cli.sha1s[0]), 100)
  const backup = await cli.run('backup', 'b.tar', '--json')
  expect(backup.exitCode).toBe(1)
  expect(backup.json()).toMatchObject({ pictures: { count: 1 }, lost: [cli.sha1s[0]] })
  expect(await cli.run('restore', 'b.tar', '--data-dir', 'again')).toMatchObject({ exitCode: 0 })
})

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 3000)],
  ['changed within a picture', (bytes: Buffer) => flip(bytes, bytes.indexOf('JFIF') + 60)],
  ['changed within the database', (bytes: Buffer) => flip(bytes, 512 + 40_000)],
  ['no backup at all', () => Buffer.from('hello')],
])('a backup that is %s is not restored, and leaves nothing behind', async (_, damage) => {
  const cli = await withData()
  await cli.run('backup', 'b.tar')
  const file = join(cli.directory, 'b.tar')
  await writeFile(file, damage(await readFile(file)))
  const restored = await cli.run('restore', 'b.tar', '--data-dir', 'again')
  expect(restored.exitCode).toBe(1)
  expect(await readdir(join(cli.directory, 'again'))).toEqual([])
})

test('a directory that holds something is not restored into', async () => {
  const cli = await withData()
  await cli.run('backup', 'b.tar')
  await mkdir(join(cli.directory, 'full'))
  await writeFile(join(cli.directory, 'full', 'mine.txt'), 'mine')
  expect(await cli.run('restore', 'b.tar', '--data-dir', 'full')).toMatchObject({ exitCode: 1 })
  expect(await readdir(join(cli.directory, 'full'))).toEqual(['mine.txt'])
})

function flip(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ 0xff
  return bytes
}
