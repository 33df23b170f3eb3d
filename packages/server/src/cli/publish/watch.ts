import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ProblemError, type Publisher } from '@senio/client'
import { SenioError } from '@senio/protocol'
import { exifTime } from './exif-time.ts'
import { readNamedFile } from './read-file.ts'
import type { SeenFile, SentFiles } from './sent-files.ts'

const PICTURE = /^[^.].*\.(jpe?g|png|webp)$/i

/** Answers after which no other file would fare better. */
const HOPELESS: ReadonlySet<number> = new Set([401, 403, 404])
/** A server whose disk is full may have room later. */
const STORAGE_FULL = 507

export interface WatchOptions {
  readonly directory: string
  readonly field: string
  readonly publisher: Publisher
  readonly sent: SentFiles
  /** Publish what is there and end. */
  readonly once: boolean
  /** Between looks at the directory, in ms; a file is complete when it stayed the same for that long. */
  readonly interval: number
  /** What happens to a file that was published. */
  readonly afterwards: 'keep' | 'delete' | { readonly moveTo: string }
  readonly signal: AbortSignal
  readonly onPublished: (name: string, timestamp: number) => void
  readonly onRefused: (name: string, problem: ProblemError) => void
}

export interface WatchSummary {
  readonly published: number
  readonly refused: number
}

/**
 * Publishes each new picture of a directory once, oldest name first, until it is aborted (or once). What the server
 * refuses is told, remembered and not sent again.
 * @throws SenioError `parameter-invalid` when the directory can't be read; ProblemError when the key is refused
 */
export async function watchDirectory(options: WatchOptions): Promise<WatchSummary> {
  const { sent, signal, interval, once } = options
  let published = 0
  let refused = 0
  let before = new Map<string, SeenFile>()
  for (let look = 0; !signal.aborted; look++) {
    const seen = await lookInto(options.directory)
    const fresh = seen.filter((file) => !sent.has(file))
    for (const file of fresh) {
      if (signal.aborted || !isUnchanged(file, before.get(file.name))) continue
      const done = await publishFile(file, options)
      if (done === 'published') published++
      if (done === 'refused') refused++
    }
    // The first look only finds what there is: the second tells which of it is still being written.
    if (once && look > 0) break
    before = new Map(seen.map((file) => [file.name, file]))
    await sleep(interval, undefined, { signal }).catch(() => undefined)
  }
  return { published, refused }
}

async function publishFile(
  file: SeenFile,
  options: WatchOptions,
): Promise<'published' | 'refused' | 'later'> {
  const { directory, field, publisher, sent, signal } = options
  const path = join(directory, file.name)
  const image = await readNamedFile(path)
  const timestamp = sent.freeTimestamp(file.name, exifTime(image) ?? file.modified)
  try {
    await publisher.publishImage(field, image, { timestamp, signal })
  } catch (error) {
    if (signal.aborted) return 'later'
    if (!(error instanceof ProblemError) || HOPELESS.has(error.status)) throw error
    options.onRefused(file.name, error)
    if (error.status === STORAGE_FULL) return 'later'
    await sent.add(file, null)
    return 'refused'
  }
  await sent.add(file, timestamp)
  options.onPublished(file.name, timestamp)
  await putAway(path, file.name, options.afterwards)
  return 'published'
}

async function putAway(path: string, name: string, afterwards: WatchOptions['afterwards']): Promise<void> {
  if (afterwards === 'keep') return
  if (afterwards === 'delete') return await rm(path, { force: true })
  await mkdir(afterwards.moveTo, { recursive: true })
  await rename(path, join(afterwards.moveTo, name))
}

/** The non-empty pictures of a directory, ordered by name. */
async function lookInto(directory: string): Promise<readonly SeenFile[]> {
  const names = await readdir(directory).catch((cause: unknown) => {
    throw new SenioError('parameter-invalid', `The directory ${directory} can't be read.`, {
      field: 'watch',
      cause,
    })
  })
  const files = await Promise.all(
    names.filter((name) => PICTURE.test(name)).map((name) => facts(directory, name)),
  )
  return files
    .filter((file): file is SeenFile => file !== null && file.bytes > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** null when it went away meanwhile, or is no file. */
async function facts(directory: string, name: string): Promise<SeenFile | null> {
  const found = await stat(join(directory, name)).catch(() => null)
  return found?.isFile() === true ? { name, bytes: found.size, modified: Math.round(found.mtimeMs) } : null
}

function isUnchanged(file: SeenFile, before: SeenFile | undefined): boolean {
  return before !== undefined && before.bytes === file.bytes && before.modified === file.modified
}
