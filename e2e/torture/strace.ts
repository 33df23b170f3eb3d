import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { debianPackages } from '../../packages/server/src/testing/debian-packages.ts'
import { run } from './run.ts'

/** strace, which lets system calls of a program fail; from Debian where the machine hasn't got it. */
export async function findStrace(): Promise<{ readonly path: string } | { readonly missing: string }> {
  const path = await run('which', ['strace']).then(
    (printed) => printed.trim(),
    () => null,
  )
  const found = path === null ? await fromDebian() : { path }
  if ('missing' in found) return found
  return run(found.path, ['-f', '-o', '/dev/null', 'true']).then(
    () => found,
    (error: unknown) => ({ missing: `strace may not trace here: ${String(error)}` }),
  )
}

async function fromDebian(): ReturnType<typeof findStrace> {
  const programs = await debianPackages('strace', ['strace'])
  if ('missing' in programs) return programs
  const path = join(programs.root, 'usr', 'bin', 'strace')
  return access(path).then(
    () => ({ path }),
    () => ({ missing: 'Debian has no strace' }),
  )
}

/** A command that lets a program's calls fail: in each thread each that `nth` divides. It becomes the program. */
export function failing(strace: string, call: string, error: string, nth: number): readonly string[] {
  const injection = `inject=${call}:error=${error}:when=${nth}+${nth}`
  return [
    strace,
    '-D',
    '-f',
    '--seccomp-bpf',
    '-qqq',
    '-o',
    '/dev/null',
    '-e',
    `trace=${call}`,
    '-e',
    injection,
  ]
}

/** A command that holds back the return of each sync. */
export function slowSyncs(strace: string, ms: number): readonly string[] {
  const injection = `inject=fsync,fdatasync:delay_exit=${ms * 1000}`
  return [
    strace,
    '-D',
    '-f',
    '--seccomp-bpf',
    '-qqq',
    '-o',
    '/dev/null',
    '-e',
    'trace=fsync,fdatasync',
    '-e',
    injection,
  ]
}
