import type { Bench } from '../context.ts'
import { findOrUnpack } from '../peers/debian.ts'

/**
 * A command that runs a program with slow fsyncs: strace holds back their return, of each thread by itself, as a
 * slow disk would. Other system calls go through a filter in the kernel and cost next to nothing.
 *
 * @param delay ms; 0 = none, which gives an empty command
 * @throws Error when strace isn't to be had
 */
export async function fsyncWrapper(bench: Bench, delay: number): Promise<readonly string[]> {
  if (delay === 0) return []
  const { path, env } = await findOrUnpack(bench, 'strace', 'strace')
  const libraries = env['LD_LIBRARY_PATH']
  const calls = 'fsync,fdatasync'
  const inject = `inject=${calls}:delay_exit=${Math.round(delay * 1000)}`
  const strace = [
    path,
    '-f',
    '--seccomp-bpf',
    '-qqq',
    '-o',
    '/dev/null',
    '-e',
    `trace=${calls}`,
    '-e',
    inject,
  ]
  return libraries === undefined ? strace : ['env', `LD_LIBRARY_PATH=${libraries}`, ...strace]
}
