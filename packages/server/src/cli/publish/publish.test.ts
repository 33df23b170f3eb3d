import { createHash } from 'node:crypto'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { jpeg } from '../../testing/test-images.ts'
import { TestServer } from '../../testing/test-server.ts'
import { NOW, type TestCli, testCli } from '../testing/test-cli.ts'

const FIELDS = ['temp:scalar:celsius', 'door:boolean', 'pos:location', 'cam1:image']

/** A server, a sensor, and a shell on the device with address and key in its environment. */
async function device(fields: readonly string[] = FIELDS) {
  const server = await TestServer.start()
  onTestFinished(() => server.stop())
  server.now = NOW
  const url = await server.listen()
  const { key, owner } = await server.sensor('rpi', fields)
  const cli = await testCli()
  const environment = { SENIO_PUBLISH_URL: `${url}/publish/rpi`, SENIO_PUBLISH_KEY: key }
  return {
    ...cli,
    publish: (...argv: readonly string[]) => cli.runWith({ environment }, 'publish', ...argv),
    pipe: (stdin: string, ...argv: readonly string[]) =>
      cli.runWith({ environment, stdin }, 'publish', ...argv),
    stored: async () => {
      const { sensors, queries } = server.installation.services
      const { measurements } = await queries.measurements(await sensors.get(owner, 'rpi'), { limit: 1000 })
      return measurements
    },
  }
}

/** A picture taken at `NOW`, by the time of its file, whenever the test runs. Gives its SHA-1. */
async function pictureFile(cli: TestCli, name: string, seed = 1): Promise<string> {
  const bytes = await jpeg(32, 24, seed)
  const file = join(cli.directory, name)
  await writeFile(file, bytes)
  await utimes(file, NOW / 1000, NOW / 1000)
  return createHash('sha1').update(bytes).digest('hex')
}

test('without values it checks address and key', async () => {
  const { publish } = await device()
  const checked = await publish('--json')
  expect(checked.exitCode).toBe(0)
  expect(checked.json()).toMatchObject({ name: 'rpi', fields: { temp: { type: 'scalar', unit: 'celsius' } } })
})

test('numbers, states, places and pictures are one measurement', async () => {
  const shell = await device()
  const sha1 = await pictureFile(shell, 'earth.jpg')
  const published = await shell.publish(
    'temp=-22.5',
    'door=on',
    'pos=52.52,13.4,34',
    '--image',
    'cam1=earth.jpg',
    '--timestamp',
    '1474638041614.14',
    '--tag',
    'site=north',
    '--json',
  )
  expect(published.json()).toEqual({
    timestamp: 1474638041614.14,
    data: { temp: -22.5, door: true, pos: { lat: 52.52, lon: 13.4, alt: 34 }, cam1: sha1 },
    tags: { site: 'north' },
  })
  expect(await shell.stored()).toHaveLength(1)
})

test('without --timestamp it is now', async () => {
  const { publish } = await device()
  expect((await publish('temp=1', '--json')).json()).toMatchObject({ timestamp: NOW })
})

test.each([
  [['temp=warm'], 'value-invalid', 'must be a finite number'],
  [['temp='], 'value-invalid', 'must be a finite number'],
  [['door=ajar'], 'value-invalid', 'must be true or false'],
  [['pos=91,0'], 'value-invalid', 'lat'],
  [['tmp=1'], 'unknown-field', 'Its fields are temp, door, pos, cam1'],
  [['temp'], 'parameter-invalid', 'FIELD=VALUE'],
  [['temp=1', 'temp=2'], 'parameter-invalid', 'given twice'],
  [['cam1=nowhere.jpg'], 'parameter-invalid', 'is not there'],
  [['temp=1', '--timestamp', 'yesterday'], 'timestamp-invalid', 'milliseconds'],
  [['temp=1', '--timestamp', '1474638041'], 'timestamp-in-seconds', 'seconds'],
])('%j is refused in plain words', async (argv, code, words) => {
  const { publish, stored } = await device()
  const refused = await publish(...argv, '--json')
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
  expect(refused.problem()).toMatchObject({ code, detail: expect.stringContaining(words) as string })
  expect(await stored()).toEqual([])
})

test.each([
  'localhost:8080/publish/rpi',
  '192.168.1.5:8080/publish/rpi',
  'pi.local',
  'http://',
  'http://a b/',
])('an address that is none is told at once: %s', async (url) => {
  const cli = await testCli()
  const refused = await cli.run('publish', 'temp=1', '--url', url, '--key', 'k')
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain(
    `--url: "${url}" ${url.startsWith('http:') ? 'is no address' : 'needs http://'}`,
  )
  expect(refused.stderr).toContain('http://HOST:8080/publish/NAME')
})

test('a picture without its field is told how to name it', async () => {
  const shell = await device(['temp:scalar', 'cam1:image', 'cam2:image'])
  await pictureFile(shell, 'earth.jpg')
  const refused = await shell.publish('--image', 'earth.jpg', '--json')
  expect(refused.problem()).toMatchObject({
    code: 'parameter-invalid',
    detail: expect.stringContaining('--image cam1=earth.jpg') as string,
  })
  expect(refused.problem().detail).toContain('cam1, cam2')
})

test('a wrong key is told without trying again', async () => {
  const { publish } = await device()
  const refused = await publish('temp=1', '--key', '00000000-0000-0000-0000-000000000000', '--json')
  expect(refused.problem()).toMatchObject({ code: 'key-refused' })
})

test('lines of standard input are published; a bad one is named and what came before stays', async () => {
  const { pipe, stored } = await device()
  const lines = [1, 2, 3].map((temp) => JSON.stringify({ timestamp: NOW - temp, data: { temp } }))
  const good = await pipe(`${lines.join('\n')}\n\n`, '-', '--json')
  expect(good.json()).toEqual({ published: 3 })
  const bad = await pipe(`${lines.join('\n')}\n{"data":`, '-')
  expect(bad.exitCode).toBe(1)
  expect(bad.stderr).toContain('Measurement 4')
  const unknown = await pipe('{"timestamp": 1474638041614, "data": {"tmp": 1}}', '-', '--json')
  expect(unknown.problem()).toMatchObject({
    code: 'unknown-field',
    detail: expect.stringContaining('Measurement 1') as string,
  })
  expect(await stored()).toHaveLength(3)
})

test('each picture of a directory is published once, under the time of its file', async () => {
  const shell = await device()
  await mkdir(join(shell.directory, 'shots'))
  await pictureFile(shell, 'shots/a.jpg', 1)
  await pictureFile(shell, 'shots/b.jpg', 2)
  await writeFile(join(shell.directory, 'shots', 'notes.txt'), 'not a picture')
  await utimes(join(shell.directory, 'shots', 'a.jpg'), 1_700_000_000, 1_700_000_000)
  await utimes(join(shell.directory, 'shots', 'b.jpg'), 1_700_000_000, 1_700_000_000)
  const once = ['--watch', 'shots', '--once', '--interval', '1', '--json']
  expect((await shell.publish(...once)).json()).toEqual({ published: 2, refused: 0 })
  const stored = await shell.stored()
  // Two pictures of one instant must not replace each other.
  expect(stored.map(({ timestamp }) => timestamp)).toEqual([1_700_000_000_000, 1_700_000_000_001])
  expect((await shell.publish(...once)).json()).toEqual({ published: 0, refused: 0 })
  await pictureFile(shell, 'shots/c.jpg', 3)
  expect((await shell.publish(...once, '--move-to', 'sent')).json()).toEqual({ published: 1, refused: 0 })
  expect(await readdir(join(shell.directory, 'sent'))).toEqual(['c.jpg'])
})

test('a file that is no picture is refused once and does not hold up the others', async () => {
  const shell = await device()
  await mkdir(join(shell.directory, 'shots'))
  await writeFile(join(shell.directory, 'shots', 'a.jpg'), 'not a picture')
  await pictureFile(shell, 'shots/b.jpg')
  const once = ['--watch', 'shots', '--once', '--interval', '1', '--field', 'cam1']
  const first = await shell.publish(...once)
  expect(first.exitCode).toBe(1)
  expect(first.stderr).toContain('a.jpg was refused')
  expect(first.stdout).toContain('Published 1 picture; 1 refused.')
  expect(await shell.publish(...once)).toMatchObject({ exitCode: 0 })
})
