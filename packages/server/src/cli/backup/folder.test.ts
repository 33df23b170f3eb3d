import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { timestampMs } from '@senio/protocol'
import { expect, test } from 'vitest'
import { jpeg } from '../../testing/test-images.ts'
import { withSenio } from '../open.ts'
import { resolveOptions, storageOptions } from '../options.ts'
import { NOW, type TestCli, testCli } from '../testing/test-cli.ts'

const EMAIL = 'me@example.org'

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const quiet = {
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

async function withSensor(): Promise<TestCli> {
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
  return cli
}

let shade = 0

/** Publishes new pictures; gives their hashes. */
async function publish(cli: TestCli, count: number): Promise<string[]> {
  const sha1s: string[] = []
  await withSenio(
    resolveOptions(storageOptions, { dataDir: 'data' }, {}),
    { ...quiet, directory: cli.directory },
    async ({ storage, ingest }) => {
      const [sensor] = await storage.sensors.findByName('rpi')
      if (sensor === undefined) throw new TypeError('The sensor was created.')
      for (let n = 0; n < count; n++) {
        const bytes = await jpeg(32, 24, ++shade)
        const received: Parameters<typeof ingest.publish>[2] = new Map()
        await ingest.receive(sensor, 'cam1', chunk(bytes), received)
        await ingest.publish(sensor, { timestamp: NOW - shade * 1000, data: { temp: shade } }, received, null)
        sha1s.push(createHash('sha1').update(bytes).digest('hex'))
      }
    },
  )
  return sha1s
}

async function fileOf(directory: string, sha1: string | undefined): Promise<string> {
  const files = await readdir(directory, { recursive: true })
  const found = files.find((file) => sha1 !== undefined && file.endsWith(sha1) && !file.startsWith('thumbs'))
  return join(directory, found ?? 'not found')
}

test('a second backup into a folder copies only what is new, and the whole comes back', async () => {
  const cli = await withSensor()
  await publish(cli, 3)
  const first = await cli.run('backup', 'b', '--folder', '--json')
  expect(first).toMatchObject({ exitCode: 0 })
  expect(first.json()).toMatchObject({
    format: 'senio-backup-folder',
    copied: 3,
    pictures: { count: 3 },
    lost: [],
  })
  const [newest] = await publish(cli, 1)
  const second = await cli.run('backup', 'b', '--folder', '--json')
  expect(second.json()).toMatchObject({ copied: 1, pictures: { count: 4 } })
  expect(
    (await readdir(join(cli.directory, 'b'))).map((name) => name.replace(/[0-9a-f]{16}/, '*')).toSorted(),
  ).toStrictEqual(['manifest.json', 'pictures', 'senio-*.db'])
  const restored = await cli.run('restore', 'b', '--data-dir', 'again', '--json')
  expect(restored).toMatchObject({ exitCode: 0 })
  const check = await cli.run('check', '--data-dir', 'again', '--json')
  expect(check.json()).toMatchObject({ ok: true, measurements: 4, pictures: 4 })
  const again = join(cli.directory, 'again', 'originals')
  expect(await readFile(await fileOf(again, newest))).toStrictEqual(
    await readFile(await fileOf(join(cli.directory, 'data', 'originals'), newest)),
  )
})

test('a folder keeps what the installation has lost since, and forgets what was deleted', async () => {
  const cli = await withSensor()
  const [lost, kept] = await publish(cli, 2)
  await cli.run('backup', 'b', '--folder')
  await rm(await fileOf(join(cli.directory, 'data', 'originals'), lost))
  expect((await cli.run('backup', 'b', '--folder', '--json')).json()).toMatchObject({ copied: 0, lost: [] })
  await cli.run('sensor', 'delete', 'rpi', '--owner', EMAIL, '--yes')
  await withSenio(
    resolveOptions(storageOptions, { dataDir: 'data' }, {}),
    { ...quiet, directory: cli.directory },
    async ({ storage }) => {
      await storage.measurements.purgeDeleted()
      await storage.images.noteUnreferenced([lost ?? '', kept ?? ''], NOW)
      await storage.images.forget([lost ?? '', kept ?? ''], timestampMs(NOW + 1))
    },
  )
  expect((await cli.run('backup', 'b', '--folder', '--json')).json()).toMatchObject({
    pictures: { count: 0 },
  })
  expect(await stat(await fileOf(join(cli.directory, 'b', 'pictures'), kept)).catch(() => null)).toBeNull()
})

/** Changes a byte in the middle of a file. */
async function rot(file: string): Promise<void> {
  const bytes = await readFile(file)
  const middle = bytes.length >> 1
  await writeFile(file, bytes.fill((bytes[middle] ?? 0) ^ 1, middle, middle + 1))
}

test('damage in a folder is found and mended within thirty runs, or at once when asked for', async () => {
  const cli = await withSensor()
  const [first, second] = await publish(cli, 2)
  const back = async (...flags: readonly string[]) =>
    (await cli.run('backup', 'b', '--folder', '--json', ...flags)).json() as {
      verified: number
      replaced: number
      copied: number
      lost: string[]
    }
  await back()
  const copies = await Promise.all(
    [first, second].map((sha1) => fileOf(join(cli.directory, 'b', 'pictures'), sha1)),
  )
  for (const copy of copies) await rot(copy)
  let [verified, replaced] = [0, 0]
  for (let run = 0; run < 30; run++) {
    const done = await back()
    expect(done).toMatchObject({ copied: 0, lost: [] })
    verified += done.verified
    replaced += done.replaced
  }
  expect([verified, replaced]).toStrictEqual([2, 2])
  for (const copy of copies) await rot(copy)
  expect(await back('--verify')).toMatchObject({ verified: 2, replaced: 2, lost: [] })
  expect(await back('--verify')).toMatchObject({ verified: 2, replaced: 0 })
  // Where both are damaged, that is said, and what is left of it stays.
  for (const copy of copies.slice(0, 1)) await rot(copy)
  await rm(await fileOf(join(cli.directory, 'data', 'originals'), first))
  const run = await cli.run('backup', 'b', '--folder', '--verify')
  expect(run.exitCode).toBe(1)
  expect(run.stdout).toContain('2 verified and 0 damaged ones copied again')
  expect(await stat(copies[0] ?? '')).toBeDefined()
  expect((await cli.run('backup', 'b.tar', '--verify', '--json')).problem()).toMatchObject({
    field: 'verify',
  })
}, 120_000)

test.each<[string, (folder: string) => Promise<void>]>([
  ['its manifest', (folder) => rm(join(folder, 'manifest.json'))],
  [
    'its database',
    async (folder) => {
      const name = (await readdir(folder)).find((one) => one.endsWith('.db')) ?? ''
      await truncate(join(folder, name), 4096)
    },
  ],
  [
    'a picture',
    async (folder) => {
      const name = (await readdir(join(folder, 'pictures'), { recursive: true })).find((one) =>
        /[0-9a-f]{40}$/.test(one),
      )
      await truncate(join(folder, 'pictures', name ?? ''), 100)
    },
  ],
])('a folder without %s is no backup, and nothing is restored', async (_, damage) => {
  const cli = await withSensor()
  await publish(cli, 2)
  await cli.run('backup', 'b', '--folder')
  await damage(join(cli.directory, 'b'))
  const restored = await cli.run('restore', 'b', '--data-dir', 'again', '--json')
  expect(restored.exitCode).toBe(1)
  expect(restored.problem()).toMatchObject({ code: 'parameter-invalid' })
  expect(await readdir(join(cli.directory, 'again'))).toStrictEqual([])
})

test.each(['--folder', '--replace'])(
  'pictures alone are put back from a backup written with %s',
  async (how) => {
    const cli = await withSensor()
    const [lost, changed, sound] = await publish(cli, 3)
    await cli.run('backup', 'b', how)
    const originals = join(cli.directory, 'data', 'originals')
    const before = await readFile(await fileOf(originals, changed))
    await rm(await fileOf(originals, lost))
    await writeFile(
      await fileOf(originals, changed),
      Buffer.from(before).fill(before[200] === 7 ? 8 : 7, 200, 201),
    )
    const later = await publish(cli, 1)
    const put = await cli.run('restore', 'b', '--pictures-only', '--json')
    expect(put).toMatchObject({ exitCode: 0 })
    expect(put.json()).toStrictEqual({ faulty: 2, mended: 2, left: [] })
    expect(await readFile(await fileOf(originals, changed))).toStrictEqual(before)
    expect((await cli.run('check', '--json')).json()).toMatchObject({ ok: true, pictures: 4 })
    // What came after the backup is not in it.
    await rm(await fileOf(originals, later[0]))
    const left = await cli.run('restore', 'b', '--pictures-only', '--json')
    expect(left.exitCode).toBe(1)
    expect(left.json()).toStrictEqual({ faulty: 1, mended: 0, left: later })
    expect(sound).toBeDefined()
  },
)
