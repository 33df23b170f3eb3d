#!/usr/bin/env node
// Starts senio on a Node that can run it: this one if it is new enough, otherwise the one that npm installed.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../..', import.meta.url))
const built = join(packages, 'server', 'dist', 'main.js')
const source = join(packages, 'server', 'src', 'main.ts')
const [major, minor] = process.versions.node.split('.').map(Number)

/** glibc's allocator otherwise keeps several megabytes for each thread, and a hundred after a few sign-ins. */
const environment = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '1048576', ...process.env }

if (major > 24 || (major === 24 && minor >= 7)) {
  // The allocator reads its settings when a process starts: a server starts over, as the same process.
  const startsOver =
    process.argv[2] === 'serve' && process.platform === 'linux' && process.env.MALLOC_ARENA_MAX === undefined
  if (startsOver) {
    process.execve(
      process.execPath,
      [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
      environment,
    )
  }
  stopWithParent()
  await import(isBuilt() ? built : source)
} else {
  const child = spawn(bundledNode(), [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: environment,
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)))
}

/**
 * npm and npx pass SIGTERM to the shell between them and us, which dies of it without telling: whoever stops
 * `npx senio serve` would leave the server running, on its port.
 */
function stopWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}

/** Whether there is a build that no source is newer than; the sources run as well, only slower. */
function isBuilt() {
  if (!existsSync(built)) return false
  const builtAt = statSync(built).mtimeMs
  return ['server', 'protocol', 'client'].every((name) => {
    const directory = join(packages, name, 'src')
    return readdirSync(directory, { recursive: true }).every(
      (file) => statSync(join(directory, file)).mtimeMs <= builtAt || file.includes('.test.'),
    )
  })
}

function bundledNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  try {
    return createRequire(import.meta.url).resolve(
      `${name}/bin/node${process.platform === 'win32' ? '.exe' : ''}`,
    )
  } catch {
    process.stderr.write(
      `Senio needs Node.js 24.7 or newer; this is ${process.version}, and none comes from npm for this machine (${name}).\n`,
    )
    process.exit(1)
  }
}
