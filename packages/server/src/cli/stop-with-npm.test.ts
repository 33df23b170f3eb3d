import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it, vi } from 'vitest'

const senio = fileURLToPath(new URL('../../bin/senio.mjs', import.meta.url))
const directories: string[] = []

afterEach(async () => {
  for (const directory of directories.splice(0)) await rm(directory, { recursive: true, force: true })
})

/** As npm and npx do: a shell between them and the server. Resolves with the server's process id when it runs. */
async function serveBehindShell(): Promise<{ readonly shell: ChildProcess; readonly server: number }> {
  const directory = await mkdtemp(join(tmpdir(), 'senio-npm-'))
  directories.push(directory)
  const command = `"${process.execPath}" "${senio}" serve --port 0 --data-dir "${directory}" & echo $!; wait`
  const shell = spawn('sh', ['-c', command], {
    env: { ...process.env, npm_lifecycle_event: 'npx' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let server = 0
  for await (const line of createInterface({ input: shell.stdout })) {
    if (server === 0) server = Number(line)
    else if (line.startsWith('Senio is running')) break
  }
  return { shell, server }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

it.skipIf(process.platform === 'win32')('a server that npx started stops when npx is stopped', async () => {
  const { shell, server } = await serveBehindShell()
  expect(isAlive(server)).toBe(true)
  shell.kill('SIGTERM')
  await vi.waitUntil(() => !isAlive(server), { timeout: 15_000 })
  expect(isAlive(server)).toBe(false)
})
