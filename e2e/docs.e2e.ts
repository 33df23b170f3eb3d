import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { jpeg } from '../packages/server/src/testing/test-images.ts'
import { asScript, documentedCommands } from './drivers/documented-commands.ts'
import { cleanEnv, node, root, senioProgram } from './drivers/program.ts'
import { ADMIN, TestServer } from './drivers/test-server.ts'

/** What the documents write for what is different for everybody. */
const PLACEHOLDERS = {
  url: 'http://localhost:8080',
  key: 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa',
  email: 'me@example.org',
} as const

const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import requests']).status === 0,
)
const hasCurl = spawnSync('curl', ['--version']).status === 0
const guide = (await readdir(join(root, 'docs', 'guide'))).map((name) => `docs/guide/${name}`)

const documents = await Promise.all(
  ['README.md', ...guide.sort()].map(async (path) => ({
    path,
    commands: documentedCommands(await readFile(join(root, path), 'utf8')),
  })),
)

describe.skipIf(!hasCurl)('the commands of the documents', { timeout: 120_000 }, () => {
  it.each(documents.filter(({ commands }) => commands.length > 0))(
    'of $path do what they say',
    async ({ commands }) => {
      await using server = await TestServer.start()
      const account = await server.account()
      const { key } = await account.sensor('rpi', ['temp:scalar:celsius', 'cam1:image'])
      const directory = await workplace()
      // A reader may have done what other pages describe before.
      const history = { timestamp: 1_474_383_378_795, data: { temp: 22.5 }, tags: ['cellar'] }
      const device = { url: `${server.url}/publish/rpi`, key }
      await publish(device, JSON.stringify(history), 'application/json')
      await publish(device, await readFile(join(directory, 'earth.jpg')), 'image/jpeg')

      const script = asScript(commands, python)
        .replaceAll(PLACEHOLDERS.url, server.url)
        .replaceAll(PLACEHOLDERS.key, key)
        .replaceAll(PLACEHOLDERS.email, ADMIN.email)
      const { code, output } = await shell(script, directory, server.dataDir)
      // What it printed, when it fails.
      expect(code === 0 ? 'done' : output).toBe('done')
    },
  )
})

/** A directory with a picture, where `npx senio` is this checkout's, and a refusal makes curl fail. */
async function workplace(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'senio-docs-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  await writeFile(join(directory, 'earth.jpg'), await jpeg(160, 120))
  await mkdir(join(directory, 'bin'))
  const curl = spawnSync('sh', ['-c', 'command -v curl'], { encoding: 'utf8' }).stdout.trim()
  await program(join(directory, 'bin', 'npx'), `shift\nexec '${node}' '${senioProgram}' "$@"`)
  await program(join(directory, 'bin', 'curl'), `exec '${curl}' --fail-with-body "$@"`)
  return directory
}

async function program(file: string, script: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${script}\n`)
  await chmod(file, 0o755)
}

async function publish(
  device: { readonly url: string; readonly key: string },
  body: string | Uint8Array<ArrayBuffer>,
  type: string,
): Promise<void> {
  const query = type === 'application/json' ? '' : '?field=cam1&timestamp=1474383378795'
  const response = await fetch(device.url + query, {
    method: 'POST',
    headers: { authorization: `Bearer ${device.key}`, 'content-type': type },
    body,
  })
  expect(response.status).toBe(201)
}

async function shell(script: string, directory: string, dataDir: string) {
  const PATH = [join(directory, 'bin'), process.env['PATH'] ?? ''].join(delimiter)
  // Not by standard input: a command that reads it would swallow the rest.
  await writeFile(join(directory, 'commands.sh'), script)
  const child = spawn('sh', ['-e', 'commands.sh'], {
    cwd: directory,
    env: cleanEnv({ PATH, SENIO_DATA_DIR: dataDir, HOME: directory }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, exit] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code: (exit as [number | null])[0], output: `${stdout}\n${stderr}` }
}
