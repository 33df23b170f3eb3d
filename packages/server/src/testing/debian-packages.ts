import { spawn } from 'node:child_process'
import { access, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/', import.meta.url))

/** Programs from Debian, and what they need to run from where they are. */
export interface DebianPrograms {
  /** The directory that stands for `/`. */
  readonly root: string
  /** The directory of libraries in it. */
  readonly libraries: string
  /** Runs a program of them with its libraries. */
  readonly environment: Readonly<Record<string, string>>
}

const TRIPLETS: Readonly<Record<string, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }

/**
 * Packages of Debian for tests: downloaded and verified by apt, and unpacked into the cache of the checkout, without
 * installing anything on the machine.
 *
 * @param name of what they make together, for the cache and for people
 * @returns the reason where that can't be
 */
export async function debianPackages(
  name: string,
  packages: readonly string[],
): Promise<DebianPrograms | { readonly missing: string }> {
  const triplet = TRIPLETS[process.arch]
  if (process.platform !== 'linux' || triplet === undefined) {
    return { missing: `there is no ${name} for ${process.platform}-${process.arch}` }
  }
  const root = join(CACHE, `senio-debian-${name}-${await releaseName()}`)
  if (!(await isThere(root))) {
    try {
      await unpackPackages(root, name, packages)
    } catch (error) {
      return { missing: error instanceof Error ? error.message : String(error) }
    }
  }
  const lib = join(root, 'usr', 'lib')
  const libraries = join(lib, triplet)
  const programs = ['sbin', 'bin'].map((directory) => join(root, 'usr', directory))
  return {
    root,
    libraries,
    environment: {
      PATH: [...programs, process.env['PATH'] ?? ''].join(':'),
      LD_LIBRARY_PATH: [libraries, join(libraries, 'ceph'), lib, join(root, 'lib', triplet)].join(':'),
      LC_ALL: 'C',
    },
  }
}

async function unpackPackages(root: string, name: string, packages: readonly string[]): Promise<void> {
  process.stdout.write(`Getting ${name} from Debian for the tests, once…\n`)
  const temporary = `${root}.${process.pid}`
  const archives = join(temporary, 'archives')
  await mkdir(archives, { recursive: true })
  try {
    await download(archives, packages).catch(async () => {
      // The lists of packages may be old, or, in a fresh container, not there.
      await run('apt-get', ['update', '-qq'])
      await download(archives, packages)
    })
    const tree = join(temporary, 'tree')
    await mkdir(tree)
    for (const name of await readdir(archives)) {
      if (name.endsWith('.deb')) await run('dpkg-deb', ['-x', join(archives, name), tree])
    }
    await rename(tree, root).catch(async (error: unknown) => {
      // Another run was quicker.
      if (!(await isThere(root))) throw error
    })
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

/** Of a machine on which nothing is installed. */
const NOTHING_INSTALLED = '-oDir::State::status=/dev/null'

/**
 * The packages and all that they need, but what every Debian has: also what happens to be installed on this machine, as
 * it may be removed, and is looked for in the tree.
 */
async function download(archives: string, packages: readonly string[]): Promise<void> {
  const missing = await toInstall(packages)
  const needed = await toInstall([NOTHING_INSTALLED, ...packages])
  const everywhere = await toInstall([NOTHING_INSTALLED, '?essential'])
  const names = new Set([...missing, ...[...needed].filter((name) => !everywhere.has(name))])
  await run('apt-get', ['download', '--quiet=2', '-oDebug::NoLocking=1', ...names], archives)
}

/** The names of all that apt would install. */
async function toInstall(args: readonly string[]): Promise<ReadonlySet<string>> {
  const options = ['--simulate', '--quiet=2', '--no-install-recommends', '-oDebug::NoLocking=1']
  const said = await run('apt-get', ['install', ...options, ...args])
  return new Set([...said.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name))
}

/** @returns what it prints */
async function run(program: string, args: readonly string[], directory?: string): Promise<string> {
  const child = spawn(program, args, {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-1000)
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', () => reject(new Error(`there is no ${program} here`)))
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`${program} failed: ${said.trim()}`)
  return printed
}

/** Libraries of one release of a distribution don't fit another. */
async function releaseName(): Promise<string> {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '')
  const [, name = 'unknown'] = /^VERSION_CODENAME=(\w+)$/m.exec(release) ?? []
  return name
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
