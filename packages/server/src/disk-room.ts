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

/**
 * How many files can still be made where a directory is; null where that can't be told, or where the file system has no such
 * limit (btrfs).
 */
export async function freeInodes(directory: string): Promise<number | null> {
  try {
    const { files, ffree } = await statfs(directory)
    return files === 0 ? null : ffree
  } catch {
    return null
  }
}
