import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Tells other processes on the same data directory under which address its server is reached. */
const FILE = 'server.json'

const schema = z.object({ url: z.string(), pid: z.number().int().positive() })

/** What a disk answers that is full, and one that takes nothing any more. */
const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT'])
const READ_ONLY = 'EROFS'

/** Notes that this process serves the data directory under `url`. On a full or read-only disk nobody gets to know. */
export async function noteRunningServer(dataDir: string, url: string): Promise<void> {
  const file = join(dataDir, FILE)
  try {
    await writeFile(file, `${JSON.stringify({ url, pid: process.pid })}\n`, { mode: 0o600 })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    // An old note is of no use to anybody: its process is gone.
    if (code === READ_ONLY) return
    if (!FULL.has(code)) throw error
    await rm(file, { force: true })
  }
}

/** Takes the note back. */
export async function forgetRunningServer(dataDir: string): Promise<void> {
  await rm(join(dataDir, FILE), { force: true }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === READ_ONLY)) throw error
  })
}

/** Under which address the data directory is served at the moment; null when nothing serves it. */
export async function findRunningServer(dataDir: string): Promise<string | null> {
  try {
    const { url, pid } = schema.parse(JSON.parse(await readFile(join(dataDir, FILE), 'utf8')))
    // Signal 0 only asks whether the process is there: after a crash the note is stale.
    process.kill(pid, 0)
    return url
  } catch {
    return null
  }
}
