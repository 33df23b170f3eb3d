import { createHash } from 'node:crypto'
import { link, mkdir, open, unlink, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fillTemplate } from '../load/template.ts'
import type { BareFilesJob, BareFilesResult } from './bare-files.ts'

/**
 * What Senio must do for a picture, and nothing else: hash, write aside, sync, name it by its hash, sync the
 * directory, then append a row to a log and sync that, one sync for all rows that wait. No HTTP, no database.
 */
process.on('message', (job: BareFilesJob) => {
  runJob(job).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))

async function runJob(job: BareFilesJob): Promise<BareFilesResult> {
  await mkdir(join(job.dir, 'tmp'), { recursive: true })
  const log = new SyncedLog(await open(join(job.dir, 'log'), 'a'))
  const start = performance.now()
  const deadline = start + job.seconds * 1000
  let number = job.firstNumber
  const work = async (): Promise<void> => {
    const bytes = Buffer.from(job.image.bytes)
    while (performance.now() < deadline) {
      fillTemplate(bytes, job.image, number++, { first: 0, step: 1 })
      await log.append(await store(job.dir, bytes, number))
    }
  }
  await Promise.all(Array.from({ length: job.concurrency }, work))
  const images = number - job.firstNumber
  await log.close()
  return { images, seconds: (performance.now() - start) / 1000, nextNumber: number }
}

async function store(dir: string, bytes: Uint8Array, number: number): Promise<string> {
  const sha1 = createHash('sha1').update(bytes).digest('hex')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const draft = join(dir, 'tmp', String(number))
  const file = await open(draft, 'wx')
  await file.write(bytes)
  await file.sync()
  await file.close()
  const target = join(dir, sha1.slice(0, 2), sha1)
  await makeSynced(dirname(target))
  await link(draft, target)
  await syncDirectory(dirname(target))
  await unlink(draft)
  return `${sha1} ${sha256}\n`
}

const made = new Set<string>()

async function makeSynced(directory: string): Promise<void> {
  if (made.has(directory)) return
  await mkdir(directory, { recursive: true })
  await syncDirectory(dirname(directory))
  made.add(directory)
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory)
  await handle.sync()
  await handle.close()
}

/** Rows that wait while a sync runs share the next one. */
class SyncedLog {
  readonly #file: FileHandle
  #waiting: { readonly row: string; readonly done: () => void; readonly fail: (error: unknown) => void }[] =
    []
  #isSyncing = false

  constructor(file: FileHandle) {
    this.#file = file
  }

  append(row: string): Promise<void> {
    return new Promise((done, fail) => {
      this.#waiting.push({ row, done, fail })
      if (!this.#isSyncing) void this.#sync()
    })
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #sync(): Promise<void> {
    this.#isSyncing = true
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      try {
        await this.#file.write(batch.map(({ row }) => row).join(''))
        await this.#file.datasync()
        for (const { done } of batch) done()
      } catch (error) {
        for (const { fail } of batch) fail(error)
      }
    }
    this.#isSyncing = false
  }
}
