import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Bench } from '../context.ts'
import { runCommand } from '../processes/run-command.ts'

/** A program of a peer, ready to be started. */
export interface PeerProgram {
  readonly path: string
  /** Of Debian's package; "unknown" for a program that isn't from one. */
  readonly version: string
  /** Environment that it needs to find its libraries. */
  readonly env: Readonly<Record<string, string>>
}

/** File in the root of what was unpacked, written last. */
const VERSION = '.version'

/** Where Debian keeps servers that aren't on everybody's PATH. */
const MORE_DIRECTORIES = ['/usr/sbin', '/usr/local/sbin', '/sbin']

/**
 * A program of the system, or else from Debian's package, which is downloaded with what it depends on and unpacked
 * into the cache: nothing is installed, no service is started and nothing of the system changes. Needs no root.
 *
 * @param program the command, or a path under the root of the package where `*` stands for one directory
 * @throws Error when neither is to be had
 */
export async function findOrUnpack(bench: Bench, packageName: string, program: string): Promise<PeerProgram> {
  const installed = program.startsWith('/') ? await expand('/', program) : onPath(program)
  if (installed !== null) return { path: installed, version: await installedVersion(installed), env: {} }
  const root = join(bench.cache, 'debian', packageName)
  if (!existsSync(join(root, VERSION))) {
    try {
      await unpack(bench, packageName, root)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(`it isn't installed, and Debian's package ${packageName} can't be had: ${reason}`, {
        cause: error,
      })
    }
  }
  const path = await unpackedProgram(root, program)
  if (path === null) throw new Error(`Debian's package ${packageName} holds no ${program}.`)
  return {
    path,
    version: await readFile(join(root, VERSION), 'utf8'),
    env: { LD_LIBRARY_PATH: await libraries(root) },
  }
}

async function installedVersion(path: string): Promise<string> {
  try {
    const [packageName = ''] = (await runCommand('dpkg-query', ['-S', await realpath(path)])).split(':')
    return await runCommand('dpkg-query', ['-W', '-f=${Version}', packageName])
  } catch {
    return 'unknown'
  }
}

function onPath(program: string): string | null {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), ...MORE_DIRECTORIES]
  return directories.map((directory) => join(directory, program)).find((path) => existsSync(path)) ?? null
}

async function unpackedProgram(root: string, program: string): Promise<string | null> {
  if (program.startsWith('/')) return expand(root, program)
  const places = ['usr/bin', 'usr/sbin', 'bin', 'sbin'].map((place) => join(root, place, program))
  return places.find((path) => existsSync(path)) ?? null
}

/** The first path that matches a pattern; newest versions first. */
async function expand(root: string, pattern: string): Promise<string | null> {
  let paths = [root]
  for (const part of pattern.split('/').filter((name) => name !== '')) {
    const next: string[] = []
    for (const path of paths) {
      if (part !== '*') next.push(join(path, part))
      else if (existsSync(path))
        next.push(
          ...(await readdir(path))
            .toSorted()
            .toReversed()
            .map((name) => join(path, name)),
        )
    }
    paths = next.filter((path) => existsSync(path))
  }
  return paths[0] ?? null
}

async function unpack({ cache, say }: Bench, packageName: string, root: string): Promise<void> {
  say(`Getting ${packageName} from Debian…`)
  const apt = join(cache, 'apt', packageName)
  await mkdir(join(apt, 'cache', 'archives', 'partial'), { recursive: true })
  await mkdir(join(apt, 'lists', 'partial'), { recursive: true })
  const options = ['-o', 'Debug::NoLocking=1', '-o', `Dir::Cache=${join(apt, 'cache')}`]
  const download = ['-y', '-qq', '--no-install-recommends', '--download-only', 'install', packageName]
  try {
    await runCommand('apt-get', [...options, ...download])
  } catch {
    // The system's lists may be missing or old: fetch our own.
    const lists = ['-o', `Dir::State::Lists=${join(apt, 'lists')}`]
    await runCommand('apt-get', [...options, ...lists, '-qq', 'update'])
    await runCommand('apt-get', [...options, ...lists, ...download])
  }
  const temporary = `${root}.${process.pid}`
  await rm(temporary, { recursive: true, force: true })
  await mkdir(temporary, { recursive: true })
  const archives = join(apt, 'cache', 'archives')
  let version = 'unknown'
  for (const name of await readdir(archives)) {
    if (!name.endsWith('.deb')) continue
    if (name.startsWith(`${packageName}_`)) version = decodeURIComponent(name.split('_')[1] ?? version)
    await runCommand('dpkg-deb', ['-x', join(archives, name), temporary])
  }
  await writeFile(join(temporary, VERSION), version)
  await rm(root, { recursive: true, force: true })
  await rename(temporary, root)
  await rm(apt, { recursive: true, force: true })
}

/** The directories of shared libraries that came along. */
async function libraries(root: string): Promise<string> {
  const found: string[] = []
  for (const parent of [join(root, 'usr', 'lib'), join(root, 'lib')]) {
    if (!existsSync(parent)) continue
    const names = (await readdir(parent)).filter((name) => name.includes('-linux-'))
    found.push(...names.map((name) => join(parent, name)))
  }
  return found.join(delimiter)
}
