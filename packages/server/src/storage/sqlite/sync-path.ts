import { open } from 'node:fs/promises'

/** Puts a file's bytes on stable storage. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Puts the names in a directory on stable storage. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows has no such thing and needs none.
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
