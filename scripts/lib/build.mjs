import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { inRoot, root } from './paths.mjs'
import { run, toolEnv } from './run.mjs'
import { withLock } from './lock.mjs'
import { fail, say, took } from './say.mjs'

/** What each build is made of: the packages that it bundles, and the lock file for the libraries. */
const COMMON_INPUTS = ['packages/client', 'packages/protocol', 'package-lock.json', 'tsconfig.base.json']

const builds = [
  {
    name: 'server',
    title: 'the server',
    tool: ['rolldown', 'bin', 'cli.mjs'],
    args: ['-c', 'rolldown.config.mjs'],
  },
  {
    name: 'web',
    title: 'the web app',
    tool: ['vite', 'bin', 'vite.js'],
    args: ['build', '--logLevel', 'warn'],
  },
]

/** Builds server and web app, each unless it was built from the very same sources. */
export async function ensureBuilt(node) {
  if (builds.every(isFresh)) return
  const lock = inRoot('node_modules', '.cache', 'senio-build.lock')
  await withLock(lock, 'Another build is under way in this checkout; waiting for it…', async () => {
    for (const build of builds) if (!isFresh(build)) await make(node, build)
  })
}

function isFresh(build) {
  const stamp = stampOf(build)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wantedBy(build)
}

function stampOf({ name }) {
  return inRoot('packages', name, 'dist', '.build')
}

function wantedBy({ name }) {
  return hashOf([...COMMON_INPUTS, `packages/${name}`])
}

async function make(node, build) {
  const { name, title, tool, args } = build
  const directory = inRoot('packages', name)
  const wanted = wantedBy(build)
  say(`Building ${title}…`)
  const start = performance.now()
  const { code, output } = await run(node, [inRoot('node_modules', ...tool), ...args], {
    cwd: directory,
    env: toolEnv(node, { NODE_ENV: 'production' }),
    quiet: true,
  })
  if (code !== 0) fail(`${output}\nBuilding ${title} failed; the reason is above.`)
  writeFileSync(stampOf(build), wanted)
  say(`Built in ${took(start)}.`)
}

function hashOf(inputs) {
  const hash = createHash('sha256')
  for (const input of inputs) {
    for (const file of filesUnder(inRoot(...input.split('/')))) {
      const content = readFileSync(file)
      hash.update(`${relative(root, file).split(sep).join('/')}\0${content.length}\0`).update(content)
    }
  }
  return `${hash.digest('hex')}\n`
}

/** Sorted, so that the hash doesn't depend on the file system. Tests are no part of a build. */
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
