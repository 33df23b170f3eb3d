import { createHash, type Hash, randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { SenioError } from '@senio/protocol'
import type { RequestBody } from './exchange.ts'

/** A blob up to this size waits in memory, while there is room. */
const MOST_IN_MEMORY = 1024 * 1024
/** Of all blobs that wait in memory. */
const MEMORY_ROOM = 32 * 1024 * 1024

const NAME = /^[0-9a-f]{32}$/

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/**
 * Where blobs wait until they are whole: a store wants to know the length and the digest of what it gets before it
 * gets it, and may have to be sent it twice. Small ones wait in memory, others in files without a name, which are
 * gone when the process is.
 */
export class Spool {
  readonly #directory: string
  readonly #partBytes: number
  #room = MEMORY_ROOM

  /** @param partBytes the largest body that is sent at once */
  constructor(directory: string, partBytes: number) {
    this.#directory = directory
    this.#partBytes = partBytes
  }

  /**
   * Removes the files that a process left which died before it could take their names away. Their owner misses nothing
   * where it lives: the file stays open. A directory that can't be read or written is told when it's needed.
   */
  async tidy(): Promise<void> {
    const names = await readdir(this.#directory).catch(() => [])
    const left = names.filter((name) => NAME.test(name)).map((name) => join(this.#directory, name))
    await Promise.allSettled(left.map((path) => rm(path, { force: true })))
  }

  begin(): SpooledBlob {
    const take = (bytes: number): boolean => {
      if (this.#room < bytes) return false
      this.#room -= bytes
      return true
    }
    const giveBack = (bytes: number): void => {
      this.#room += bytes
    }
    return new SpooledBlob(this.#partBytes, { take, giveBack, file: () => openNameless(this.#directory) })
  }
}

interface SpoolPlace {
  readonly take: (bytes: number) => boolean
  readonly giveBack: (bytes: number) => void
  readonly file: () => Promise<FileHandle>
}

/** A blob that waits. End it with `drop`. */
export class SpooledBlob {
  readonly #partBytes: number
  readonly #place: SpoolPlace
  /** Null once it is in a file. */
  #memory: Uint8Array[] | null = []
  #taken = 0
  #file: FileHandle | null = null
  #bytes = 0
  readonly #digests: string[] = []
  #digest: Hash = createHash('sha256')
  /** Of the part that is being written. */
  #partSize = 0

  constructor(partBytes: number, place: SpoolPlace) {
    this.#partBytes = partBytes
    this.#place = place
  }

  /** Appends. @throws SenioError `storage-full`, `storage-failing` */
  async write(chunk: Uint8Array): Promise<void> {
    this.#hash(chunk)
    try {
      await this.#keep(chunk)
    } catch (cause) {
      throw spoolFailure(cause)
    }
    this.#bytes += chunk.byteLength
  }

  /** What was written, as bodies of at most the part's size; one, if need be empty. */
  parts(): readonly RequestBody[] {
    const digests = [...this.#digests, this.#digest.copy().digest('hex')]
    return digests.map((sha256, index) => {
      const start = index * this.#partBytes
      const end = Math.min(start + this.#partBytes, this.#bytes)
      return { bytes: end - start, sha256, open: () => this.#read(start, end) }
    })
  }

  /** Gives its place free. Safe to call twice. */
  async drop(): Promise<void> {
    const file = this.#file
    this.#file = null
    this.#memory = null
    this.#place.giveBack(this.#taken)
    this.#taken = 0
    await file?.close().catch(() => undefined)
  }

  async #keep(chunk: Uint8Array): Promise<void> {
    if (this.#memory !== null) {
      const fits = this.#taken + chunk.byteLength <= MOST_IN_MEMORY && this.#place.take(chunk.byteLength)
      if (fits) {
        this.#taken += chunk.byteLength
        this.#memory.push(Uint8Array.from(chunk))
        return
      }
      await this.#moveToFile(this.#memory)
    }
    await this.#append(chunk, this.#bytes)
  }

  async #moveToFile(chunks: readonly Uint8Array[]): Promise<void> {
    this.#file = await this.#place.file()
    this.#memory = null
    let position = 0
    for (const chunk of chunks) {
      await this.#append(chunk, position)
      position += chunk.byteLength
    }
    this.#place.giveBack(this.#taken)
    this.#taken = 0
  }

  async #append(chunk: Uint8Array, position: number): Promise<void> {
    if (this.#file === null) throw new SenioError('defect', 'A blob was written after its end.')
    for (let offset = 0; offset < chunk.byteLength;) {
      const { bytesWritten } = await this.#file.write(
        chunk,
        offset,
        chunk.byteLength - offset,
        position + offset,
      )
      offset += bytesWritten
    }
  }

  /** Each part has a digest of its own; a part begins with its first byte, so that the last one isn't empty. */
  #hash(chunk: Uint8Array): void {
    for (let rest = chunk; rest.byteLength > 0;) {
      if (this.#partSize === this.#partBytes) {
        this.#digests.push(this.#digest.digest('hex'))
        this.#digest = createHash('sha256')
        this.#partSize = 0
      }
      const piece = rest.subarray(0, this.#partBytes - this.#partSize)
      this.#digest.update(piece)
      this.#partSize += piece.byteLength
      rest = rest.subarray(piece.byteLength)
    }
  }

  #read(start: number, end: number): Readable {
    if (start === end) return Readable.from([])
    if (this.#memory !== null) return Readable.from(this.#memory, { objectMode: false })
    if (this.#file === null) throw new SenioError('defect', 'A blob was read after its end.')
    return Readable.from(readFile(this.#file, start, end), { objectMode: false })
  }
}

/** Positions of its own: a read that was given up doesn't disturb the next. */
async function* readFile(
  file: FileHandle,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = start; at < end;) {
    const size = Math.min(64 * 1024, end - at)
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(size), 0, size, at)
    if (bytesRead === 0) throw new SenioError('storage-failing', 'The spool of the server was cut short.')
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** Open, but without a name: whatever happens to the process, nothing stays. */
async function openNameless(directory: string): Promise<FileHandle> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, randomBytes(16).toString('hex'))
  const file = await open(path, 'wx+', 0o600)
  try {
    // Another process that opens the same directory may have done so.
    await rm(path, { force: true })
  } catch (error) {
    await file.close()
    throw error
  }
  return file
}

function spoolFailure(cause: unknown): SenioError {
  if (cause instanceof SenioError) return cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return FULL.has(code)
    ? new SenioError('storage-full', 'The disk of the server is full. Nothing was stored; make room.', {
        cause,
        retryAfter: 5,
      })
    : new SenioError(
        'storage-failing',
        'The disk on which pictures wait for the object store cannot be written. Nothing was stored; try again later.',
        { cause, retryAfter: 5 },
      )
}
