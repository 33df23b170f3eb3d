import { close, createReadStream, fsync, link, open, stat, type Stats, unlink, writev } from 'node:fs'
import { mkdir, readdir, rename } from 'node:fs/promises'
import type { Readable } from 'node:stream'

/** A file being written. */
export interface WritableFile {
  /** Appends all of it. */
  write(chunks: readonly Uint8Array[]): Promise<void>
  /** Puts what was written on stable storage. */
  sync(): Promise<void>
  close(): Promise<void>
}

export interface FileFacts {
  readonly bytes: number
  /** ms since the epoch. */
  readonly modified: number
  /** When its bytes, or anything else of it, were changed last, ms since the epoch: unlike `modified`, nobody can set it. */
  readonly changed: number
  /** Tells it from others of the same name. */
  readonly inode: number
}

/** The few calls of the file system that the store makes. They reject with Node's errors, told by `code`. */
export interface FileSystem {
  /** Makes a directory for its owner alone. False when it was there already. */
  makeDirectory(path: string): Promise<boolean>
  /** A new file for its owner alone. */
  create(path: string): Promise<WritableFile>
  /** A second name of the same file; rejects with EEXIST when the name is taken. */
  link(from: string, to: string): Promise<void>
  /** A new name of the file; whatever had the name is gone. */
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  /** Puts the names in a directory on stable storage. */
  syncDirectory(path: string): Promise<void>
  /** Names in a directory. */
  list(path: string): Promise<readonly string[]>
  facts(path: string): Promise<FileFacts>
  /** Bytes from `start` to before `end`. The file is opened when the stream is. */
  read(path: string, start: number, end: number): Readable
}

/** The machine's own. */
export const nodeFileSystem: FileSystem = {
  async makeDirectory(path) {
    try {
      await mkdir(path, { mode: 0o700 })
      return true
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false
      throw error
    }
  },

  async create(path) {
    const file = await called<number>((done) => open(path, 'wx', 0o600, done))
    return {
      write: (chunks) => writeAll(file, chunks),
      sync: () => called((done) => fsync(file, done)),
      close: () => called((done) => close(file, done)),
    }
  },

  link: (from, to) => called((done) => link(from, to, done)),
  rename,
  remove: (path) => called((done) => unlink(path, done)),

  async syncDirectory(path) {
    // Windows has no such thing and needs none.
    if (process.platform === 'win32') return
    const directory = await called<number>((done) => open(path, 'r', done))
    try {
      await called((done) => fsync(directory, done))
    } finally {
      // Nobody waits for it, and nothing can go wrong that matters.
      close(directory, () => undefined)
    }
  },

  list: (path) => readdir(path),

  async facts(path) {
    const { size, mtimeMs, ctimeMs, ino } = await called<Stats>((done) => stat(path, done))
    return { bytes: size, modified: mtimeMs, changed: ctimeMs, inode: ino }
  },

  read: (path, start, end) => createReadStream(path, { start, end: end - 1 }),
}

/**
 * A call of Node's older interface: on the way of each picture, a third quicker than that of promises, whose file handles
 * are also work for the garbage collector.
 */
function called<Result = void>(
  call: (done: (error: Error | null, result?: Result) => void) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    call((error, result) => (error === null ? resolve(result as Result) : reject(error)))
  })
}

async function writeAll(file: number, chunks: readonly Uint8Array[]): Promise<void> {
  let left = chunks
  while (left.length > 0) {
    const written = await called<number>((done) => writev(file, left, done))
    left = after(left, written)
  }
}

/** What follows the first bytes of chunks. */
function after(chunks: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let skipped = 0
  for (const [index, chunk] of chunks.entries()) {
    if (skipped + chunk.byteLength > bytes)
      return [chunk.subarray(bytes - skipped), ...chunks.slice(index + 1)]
    skipped += chunk.byteLength
  }
  return []
}

/** Node's code of a system error, for example `ENOENT`; null for other errors. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
