import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jpeg } from '../packages/server/src/testing/test-images.ts'
import { cleanEnv, root } from './drivers/program.ts'
import type { TestAccount } from './drivers/test-account.ts'
import { TestServer } from './drivers/test-server.ts'

const FIELDS = ['temp:scalar:celsius', 'humidity:scalar:relative %', 'cam1:image']

const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import requests']).status === 0,
)
const hasCurl = spawnSync('curl', ['--version']).status === 0

/** A sensor of its own, and what runs the examples as its device. */
async function device(account: TestAccount, name: string) {
  const { key, publishUrl } = await account.sensor(name, FIELDS)
  const directory = await mkdtemp(join(tmpdir(), 'senio-examples-'))
  const picture = join(directory, 'earth.jpg')
  const bytes = await jpeg(160, 120, name.length)
  await writeFile(picture, bytes)
  const env = cleanEnv({
    SENIO_PUBLISH_URL: publishUrl,
    SENIO_PUBLISH_KEY: key,
    PYTHONDONTWRITEBYTECODE: '1',
    HOME: directory,
  })
  return {
    directory,
    picture,
    bytes,
    env,
    sha1: createHash('sha1').update(bytes).digest('hex'),
    measurements: () => account.measurements(name),
    async run(program: string, args: readonly string[], input = '') {
      const child = spawn(program, args, { cwd: join(root, 'examples'), env })
      child.stdin.end(input)
      const [stdout, stderr, exit] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'exit'),
      ])
      return { code: (exit as [number | null])[0], stdout, stderr }
    },
    async [Symbol.asyncDispose]() {
      await rm(directory, { recursive: true, force: true })
    },
  }
}

let server: TestServer
let account: TestAccount

beforeAll(async () => {
  server = await TestServer.start()
  account = await server.account()
})

afterAll(() => server.remove())

describe.skipIf(python === undefined)('with Python and requests', () => {
  const program = python ?? ''

  it('post_image.py prints the status and the body, and the picture is kept to the last bit', async () => {
    await using pi = await device(account, 'python image')
    const { code, stdout } = await pi.run(program, ['python/post_image.py', pi.picture])
    expect(stdout).toContain('Status: 201')
    expect(stdout).toMatch(
      new RegExp(`Content: b'\\{"timestamp":[\\d.]+,"data":\\{"cam1":"${pi.sha1}"\\},"tags":null\\}'`),
    )
    expect(code).toBe(0)
    expect(await account.image('python image', pi.sha1)).toEqual(pi.bytes)
  })

  it('post_measurement.py publishes numbers', async () => {
    await using pi = await device(account, 'python numbers')
    const { code, stdout } = await pi.run(program, ['python/post_measurement.py', 'temp=-1.5', 'humidity=50'])
    expect(stdout).toContain('Status: 201')
    expect(code).toBe(0)
    const [measurement] = await pi.measurements()
    expect(measurement?.data).toEqual({ temp: -1.5, humidity: 50 })
  })

  it('a refusal is printed and is a failure', async () => {
    await using pi = await device(account, 'python refused')
    const { code, stdout } = await pi.run(program, ['python/post_measurement.py', 'tmp=1'])
    expect(stdout).toContain('Status: 422')
    expect(code).toBe(1)
  })

  it('pi_camera.py publishes what the camera takes, and empties its queue', async () => {
    await using pi = await device(account, 'python camera')
    // In place of the camera's program: the picture, written to what follows --output.
    const camera = `#!/bin/sh\nfor last; do :; done\ncp "${pi.picture}" "$last"\n`
    await writeFile(join(pi.directory, 'rpicam-still'), camera, { mode: 0o755 })
    const child = spawn(program, ['python/pi_camera.py', 'cam1', '600'], {
      cwd: join(root, 'examples'),
      env: { ...pi.env, PATH: `${pi.directory}:${process.env['PATH'] ?? ''}` },
    })
    const ended = once(child, 'exit')
    try {
      let output = ''
      for await (const chunk of child.stdout) {
        output += String(chunk)
        if (output.includes(pi.sha1)) break
      }
      expect(output).toMatch(/\d+\.jpg 201 /)
    } finally {
      child.kill()
      await ended
    }
    const [measurement] = await pi.measurements()
    expect(measurement?.data).toEqual({ cam1: pi.sha1 })
  })
})

describe.skipIf(!hasCurl)('with curl', () => {
  it('numbers.sh publishes numbers under the time of the server', async () => {
    await using shell = await device(account, 'curl numbers')
    const { code } = await shell.run('sh', ['curl/numbers.sh', '21.5', '40'])
    expect(code).toBe(0)
    expect((await shell.measurements())[0]?.data).toEqual({ temp: 21.5, humidity: 40 })
  })

  it('image.sh publishes a picture beside a number, and sha1sum is the check', async () => {
    await using shell = await device(account, 'curl image')
    const { code, stdout } = await shell.run('sh', ['curl/image.sh', shell.picture, '21.5'])
    expect(code).toBe(0)
    expect(stdout.split(shell.sha1)).toHaveLength(3)
    expect((await shell.measurements())[0]?.data).toEqual({ temp: 21.5, cam1: shell.sha1 })
  })

  it('raw_image.sh publishes a picture as the whole body', async () => {
    await using shell = await device(account, 'curl raw image')
    const { code } = await shell.run('sh', ['curl/raw_image.sh', shell.picture])
    expect(code).toBe(0)
    expect((await shell.measurements())[0]?.data).toEqual({ cam1: shell.sha1 })
  })

  it('batch.sh publishes a compressed backlog', async () => {
    await using shell = await device(account, 'curl batch')
    const lines = [1, 2, 3].map((temp) => JSON.stringify({ timestamp: 1.6e12 + temp, data: { temp } }))
    const { code, stdout } = await shell.run('sh', ['curl/batch.sh'], lines.join('\n'))
    expect(stdout).toContain('{"accepted":3}')
    expect(code).toBe(0)
  })
})

it('publish.mjs publishes numbers and a picture with plain Node', async () => {
  await using node = await device(account, 'node')
  const { code, stdout } = await node.run(process.execPath, ['node/publish.mjs', '20.5', '45', node.picture])
  expect(stdout).toContain('Status: 201')
  expect(code).toBe(0)
  expect((await node.measurements())[0]?.data).toEqual({ temp: 20.5, humidity: 45, cam1: node.sha1 })
})
