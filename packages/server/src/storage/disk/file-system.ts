import { createReadStream } from 'node:fs'
import { link, mkdir, open, readdir, rename, stat, unlink } from 'node:fs/promises'
import type { Readable } from 'node:stream'

/** A file being written. */
export interface WritableFile {
  /** Appends all of it. */
  write(bytes: Uint8Array): Promise<void>
  /** Puts what was written on stable storage. */
  sync(): Promise<void>
  close(): Promise<void>
}

export interface FileFacts {
  readonly bytes: number
  /** ms since the epoch. */
  readonly modified: number
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
    const handle = await open(path, 'wx', 0o600)
    return {
      async write(bytes) {
        for (let offset = 0; offset < bytes.byteLength;) {
          offset += (await handle.write(bytes, offset)).bytesWritten
        }
      },
      sync: () => handle.sync(),
      close: () => handle.close(),
    }
  },

  link,
  rename,
  remove: unlink,

  async syncDirectory(path) {
    // Windows has no such thing and needs none.
    if (process.platform === 'win32') return
    const handle = await open(path, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },

  list: (path) => readdir(path),

  async facts(path) {
    const { size, mtimeMs } = await stat(path)
    return { bytes: size, modified: mtimeMs }
  },

  read: (path, start, end) => createReadStream(path, { start, end: end - 1 }),
}

/** Node's code of a system error, for example `ENOENT`; null for other errors. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
