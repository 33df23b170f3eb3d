/**
 * `npm start`: installs what is missing, builds what is stale, and serves. Arguments go to `senio serve`:
 * `npm start -- --port 9000`. Paths are relative to the repository's root.
 */
import { spawn } from 'node:child_process'
import { ensureBuilt } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { node24 } from './lib/node24.mjs'
import { inRoot, root } from './lib/paths.mjs'
import { forwardSignals } from './lib/run.mjs'

await ensureInstalled()
const node = node24()
await ensureBuilt(node)

const senio = inRoot('packages', 'server', 'bin', 'senio.mjs')
const server = spawn(node, [senio, 'serve', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  // glibc's allocator otherwise keeps several megabytes for each thread, and a hundred after a few sign-ins.
  env: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '1048576', ...process.env },
})
const release = forwardSignals(server)
stopWithParent()
server.on('exit', (code, signal) => {
  release()
  if (signal) process.kill(process.pid, signal)
  else process.exit(code ?? 1)
})

/**
 * npm passes SIGTERM to the shell between it and us, which dies of it without telling: whoever stops `npm start`
 * would leave the server running.
 */
function stopWithParent() {
  if (process.env.npm_lifecycle_event !== 'start') return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    server.kill('SIGTERM')
  }, 250)
  watch.unref()
}
