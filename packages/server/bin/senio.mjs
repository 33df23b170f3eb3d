#!/usr/bin/env node
// Starts senio on a Node that runs TypeScript: this one if it is new enough, otherwise the one that npm installed.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const [major, minor] = process.versions.node.split('.').map(Number)

if (major > 24 || (major === 24 && minor >= 7)) {
  await import(main)
} else {
  const child = spawn(bundledNode(), [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)))
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
