import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes that a directory's files take on disk, like `du`. */
export async function diskUsage(dir: string): Promise<number> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  let bytes = 0
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const { blocks } = await lstat(join(entry.parentPath, entry.name))
    bytes += blocks * 512
  }
  return bytes
}
