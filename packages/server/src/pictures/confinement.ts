import { readFile } from 'node:fs/promises'

/** How a program is started: what `fork` calls `execPath` and `execArgv`. */
export interface Start {
  readonly execPath: string
  readonly execArgv: readonly string[]
}

const MIB = 1024 * 1024

/**
 * Address space of a decoder process in MiB: V8 alone reserves several GiB of it without using any, so this only stops
 * what has gone wild at once. What is really used is bounded by `MemoryWatch`.
 */
const ADDRESS_SPACE_MIB = 16 * 1024

/** Reads its input, then waits for answers to be read: a few descriptors of its own. */
const OPEN_FILES = 64

/**
 * Starts Node under limits of the system, inherited by all that it would start: it writes no file, leaves no core with
 * what it held, and opens few files. Where there is no POSIX shell, without them.
 */
export function confinedStart(heapMib: number, platform = process.platform): Start {
  const own = [`--max-old-space-size=${heapMib}`]
  if (platform === 'win32') return { execPath: process.execPath, execArgv: own }
  // Each on its own: a limit that the system doesn't know, or that is lower already, is no reason not to start.
  const limits = [
    'ulimit -f 0',
    'ulimit -c 0',
    `ulimit -n ${OPEN_FILES}`,
    ...(platform === 'linux' ? [`ulimit -v ${ADDRESS_SPACE_MIB * 1024}`] : []),
  ]
  const script = `${limits.map((limit) => `${limit} 2>/dev/null`).join('; ')}; exec "$0" "$@"`
  return { execPath: '/bin/sh', execArgv: ['-c', script, process.execPath, ...own] }
}

/** Bytes of memory that a process really has; null where that can't be told. */
export async function residentBytes(pid: number): Promise<number | null> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
    return kib === undefined ? null : Number(kib) * 1024
  } catch {
    return null
  }
}

/** What a decoder may use at most, in bytes: a picture of so many pixels decoded, turned and made smaller, and Node. */
export function memoryLimit(maxPixels: number): number {
  return 256 * MIB + maxPixels * 4 * 3
}
