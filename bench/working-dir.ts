import { chmod, mkdir, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** statfs(2): file systems in memory, where an fsync costs nothing. */
const IN_MEMORY: ReadonlySet<number> = new Set([0x01021994, 0x858458f6])

/**
 * A new directory for a run.
 * @param parent null = the system's for temporary files if that is on a disk, else `fallback`
 */
export async function makeWorkingDir(parent: string | null, fallback: string): Promise<string> {
  const place = parent ?? ((await isInMemory(tmpdir())) ? fallback : tmpdir())
  await mkdir(place, { recursive: true })
  const dir = await mkdtemp(join(place, 'senio-bench-'))
  // Servers that refuse to run as root pass through it as somebody else.
  await chmod(dir, 0o711)
  return dir
}

export async function removeDir(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

async function isInMemory(dir: string): Promise<boolean> {
  return IN_MEMORY.has((await statfs(dir)).type)
}
