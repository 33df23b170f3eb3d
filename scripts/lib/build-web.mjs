import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { inRoot, root } from './paths.mjs'
import { run, toolEnv } from './run.mjs'
import { fail, say, took } from './say.mjs'

const STAMP = inRoot('packages', 'web', 'dist', '.build')

/** What the web app is made of: packages that it bundles, and the lock file for the libraries. */
const INPUTS = [
  'packages/web',
  'packages/client',
  'packages/protocol',
  'package-lock.json',
  'tsconfig.base.json',
]

/** Builds the web app, unless it was built from the very same sources. */
export async function ensureWebBuilt(node) {
  const wanted = hashOfInputs()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  say('Building the web app…')
  const start = performance.now()
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js')
  const { code, output } = await run(node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: inRoot('packages', 'web'),
    env: toolEnv(node, { NODE_ENV: 'production' }),
    quiet: true,
  })
  if (code !== 0) fail(`${output}\nThe web app could not be built; the reason is above.`)
  writeFileSync(STAMP, wanted)
  say(`Built in ${took(start)}.`)
}

function hashOfInputs() {
  const hash = createHash('sha256')
  for (const input of INPUTS) {
    for (const file of filesUnder(inRoot(...input.split('/')))) {
      const content = readFileSync(file)
      hash.update(`${relative(root, file).split(sep).join('/')}\0${content.length}\0`).update(content)
    }
  }
  return `${hash.digest('hex')}\n`
}

/** Sorted, so that the hash doesn't depend on the file system. Tests are no part of the app. */
function filesUnder(path) {
  const entries = listOrNull(path)
  if (entries === null) return existsSync(path) ? [path] : []
  return entries
    .filter(({ name }) => name !== 'dist' && name !== 'node_modules' && !/\.test\.tsx?$/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesUnder(join(path, entry.name)))
}

function listOrNull(path) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOTDIR' || error.code === 'ENOENT') return null
    throw error
  }
}
