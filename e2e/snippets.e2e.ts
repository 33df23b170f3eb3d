import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jpeg } from '../packages/server/src/testing/test-images.ts'
import { snippetLanguages } from '../packages/web/src/sensors/connect/snippets/index.ts'
import { sha1 } from './drivers/ledger.ts'
import { cleanEnv } from './drivers/program.ts'
import type { TestAccount } from './drivers/test-account.ts'
import { TestServer } from './drivers/test-server.ts'

/** The code that the page "Connect" shows, run to the letter. */

const FIELDS = [
  'temp:scalar:celsius',
  'Größe (50+):scalar',
  'door:boolean',
  'place:location',
  'cam1:image',
  'cam 2:image',
]

const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import requests']).status === 0,
)

/** How each language's code is run in a directory with the pictures; absent where it can't be on this machine. */
const runs: Readonly<Record<string, { readonly file: string; readonly program: string | undefined }>> = {
  curl: { file: 'snippet.sh', program: spawnSync('curl', ['--version']).status === 0 ? 'sh' : undefined },
  python: { file: 'snippet.py', program: python },
  node: { file: 'publish.mjs', program: process.execPath },
}

let server: TestServer
let account: TestAccount
let directory: string
let pictures: readonly Buffer[]

beforeAll(async () => {
  server = await TestServer.start()
  account = await server.account()
  directory = await mkdtemp(join(tmpdir(), 'senio-snippets-'))
  pictures = await Promise.all([1, 2].map((seed) => jpeg(80, 60, seed)))
  const [first, second] = pictures
  for (const name of ['picture.jpg', 'picture-1.jpg']) await writeFile(join(directory, name), first ?? '')
  await writeFile(join(directory, 'picture-2.jpg'), second ?? '')
})
afterAll(async () => {
  await rm(directory, { recursive: true, force: true })
  await server.remove()
})

async function run(program: string, file: string, code: string): Promise<string> {
  await writeFile(join(directory, file), code)
  const child = spawn(program, [file], { cwd: directory, env: cleanEnv() })
  const [stdout, stderr, exit] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  if (exit[0] !== 0) throw new Error(`${file} ended with ${String(exit[0])}:\n${code}\n${stdout}\n${stderr}`)
  return stdout
}

describe.each(Object.entries(runs))('the snippets for %s', (id, { file, program }) => {
  it.skipIf(program === undefined)('publish everything that a sensor has', async () => {
    const name = `Gewächshaus (${id})`
    const device = await account.sensor(name, FIELDS)
    const { fields, publishUrl } = await account.client.sensors.get(name)
    expect(publishUrl).toBe(device.publishUrl)
    const language = snippetLanguages.find((one) => one.id === id)
    const snippets = language?.snippets({ publishUrl, key: device.key, fields }) ?? []
    expect(snippets.length).toBeGreaterThan(1)

    const published = new Set<string>()
    for (const { code } of snippets) {
      const output = await run(program ?? '', file, code)
      expect(output).toMatch(/"timestamp":\d{13}/)
    }
    for (const { data } of await account.measurements(name)) {
      for (const field of Object.keys(data)) published.add(field)
    }
    expect([...published].sort()).toEqual(Object.keys(fields).sort())
    const [first, second] = pictures.map(sha1)
    const latest = await account.client.latest(name)
    expect(latest.fields['cam1']?.value).toBe(first)
    expect(latest.fields['cam 2']?.value).toBe(second)
  })

  it.skipIf(program === undefined)('publish the one picture of a camera', async () => {
    const name = `camera ${id}`
    const device = await account.sensor(name, ['cam1:image'])
    const { fields, publishUrl } = await account.client.sensors.get(name)
    const language = snippetLanguages.find((one) => one.id === id)
    for (const { code } of language?.snippets({ publishUrl, key: device.key, fields }) ?? []) {
      await run(program ?? '', file, code)
    }
    expect((await account.client.latest(name)).fields['cam1']?.value).toBe(sha1(pictures[0] ?? Buffer.of()))
  })
})
