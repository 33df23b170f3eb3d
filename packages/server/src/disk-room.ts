import { statfs } from 'node:fs/promises'

/** Bytes that this program may still write where a directory is; null where that can't be told. */
export async function freeBytes(directory: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(directory)
    return bavail * bsize
  } catch {
    return null
  }
}
