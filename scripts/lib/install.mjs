import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'
import { run } from './run.mjs'
import { fail, say, took } from './say.mjs'

const STAMP = inRoot('node_modules', '.senio-install')

/** Installs the packages of the lock file, unless exactly they are there already. */
export async function ensureInstalled() {
  const lock = readFileSync(inRoot('package-lock.json'))
  const wanted = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`
  if (read(STAMP) === wanted) return
  if (!isInstalled(JSON.parse(lock.toString()))) await install()
  writeFileSync(STAMP, wanted)
}

async function install() {
  say('Installing what Senio needs. This takes about a minute, once…')
  const start = performance.now()
  const { code, output } = await npm([
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--no-progress',
  ])
  if (code !== 0) {
    fail(
      `${output}\nThe installation failed; npm's own messages are above. ` +
        'Check the network (and the proxy, if there is one) and run the same command again.',
    )
  }
  say(`Installed in ${took(start)}.`)
}

/** Under `npm start` and `npm test`, the npm that runs us; otherwise the one on the PATH. */
function npm(args) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], { quiet: true })
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { quiet: true })
}

/** Whether somebody ran `npm install`: npm notes what it installed, and all that is locked is among it. */
function isInstalled(lock) {
  const note = read(inRoot('node_modules', '.package-lock.json'))
  if (note === undefined) return false
  const installed = JSON.parse(note).packages
  return Object.entries(lock.packages).every(([path, entry]) => {
    if (!path.startsWith('node_modules/') || entry.link || entry.optional || entry.devOptional) return true
    return installed[path]?.version === entry.version
  })
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
