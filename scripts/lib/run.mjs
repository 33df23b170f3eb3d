import { spawn } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { inRoot, root } from './paths.mjs'

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] `quiet` keeps the output instead
 *   of showing it
 * @returns {Promise<{ code: number, output: string }>} `output` is empty unless `quiet`
 */
export function run(command, args, { cwd = root, env = process.env, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const output = []
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      shell: process.platform === 'win32' && /\.(cmd|bat)$/.test(command),
    })
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    const release = forwardSignals(child)
    child.on('error', (error) => {
      release()
      reject(error)
    })
    child.on('close', (code, signal) => {
      release()
      if (signal) output.push(Buffer.from(`\nended by ${signal}\n`))
      resolve({ code: code ?? 1, output: Buffer.concat(output).toString() })
    })
  })
}

/**
 * Passes signals on to a child. A terminal sends Ctrl-C to both already: a second one could cut short what
 * the child finishes.
 * @returns a function that stops it
 */
export function forwardSignals(child) {
  const signals = process.platform === 'win32' ? ['SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP']
  const handlers = signals.map((signal) => {
    const handler = () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    process.on(signal, handler)
    return [signal, handler]
  })
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler)
  }
}

/** The environment in which the repository's own tools, and the Node that runs them, come first. */
export function toolEnv(node, extra = {}) {
  const path = [dirname(node), inRoot('node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter)
  // Where nobody looks at a terminal, tools are not to guess that colours are wanted.
  const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined }
  return { ...process.env, ...plain, ...extra, PATH: path }
}

/** A tool of `node_modules/.bin`. */
export function tool(name) {
  return inRoot('node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
}
