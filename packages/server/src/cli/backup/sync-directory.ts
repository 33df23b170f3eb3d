import { open } from 'node:fs/promises'

/** Puts the names in a directory on stable storage. */
export async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
