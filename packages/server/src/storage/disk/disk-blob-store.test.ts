import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { blobStoreContract } from '../contract/blob-store.contract.ts'
import { codeOf } from '../contract/database-under-test.ts'
import { placeMarkContract } from '../contract/place-mark.contract.ts'
import type { BlobStore } from '../blob-store.ts'
import { type DiskOptions, openDiskBlobStore } from './disk-blob-store.ts'
import { diskPlaceMark } from './disk-place-mark.ts'
import { draftName, thisProcess } from './draft-names.ts'
import { type FileSystem, nodeFileSystem } from './file-system.ts'

const REF = 'ab'.repeat(20)
const HOUR = 60 * 60 * 1000

let base: string
let dir: string
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'senio-blobs-'))
  dir = join(base, 'originals')
})
afterEach(() => rm(base, { recursive: true }))

const countDrafts = async () => (await readdir(join(dir, 'tmp'))).length

function contractOf(options: DiskOptions): void {
  blobStoreContract(async () => ({
    store: await openDiskBlobStore(dir, options),
    reopen: () => openDiskBlobStore(dir, options),
    countDrafts,
    dispose: async () => undefined,
  }))
}

describe('the mark of a directory', () => {
  placeMarkContract(async () => {
    await openDiskBlobStore(dir)
    return diskPlaceMark(dir)
  })

  test('is no blob, and leaves no draft', async () => {
    const store = await openDiskBlobStore(dir)
    await diskPlaceMark(dir).create('1'.repeat(32))
    for await (const { ref } of store.list()) expect(ref).toBeUndefined()
    expect(await countDrafts()).toBe(0)
  })
})

describe('blobs on disk', () => {
  contractOf({})

  test('are files named by their hash, for their owner alone', async () => {
    await put(dir)
    expect((await stat(join(dir, 'ab', REF))).mode & 0o777).toBe(0o600)
    for (const path of [dir, join(dir, 'tmp'), join(dir, 'ab')]) {
      expect((await stat(path)).mode & 0o777).toBe(0o700)
    }
  })

  test('come in the order that survives a power cut', async () => {
    const calls: string[] = []
    await put(dir, { fileSystem: recording(calls) })
    const relative = calls.map((call) =>
      call.replaceAll(base, '').replaceAll(/[0-9a-f]{8}-\d+-\d+-[0-9a-f]{32}/g, 'draft'),
    )
    expect(relative).toStrictEqual([
      'makeDirectory /originals',
      'makeDirectory /originals/tmp',
      'syncDirectory ',
      'syncDirectory /originals',
      'create /originals/tmp/draft',
      'makeDirectory /originals/ab',
      'syncDirectory /originals',
      'write',
      'sync',
      `link /originals/tmp/draft /originals/ab/${REF}`,
      'syncDirectory /originals/ab',
      'remove /originals/tmp/draft',
      'close',
    ])
  })

  test('of many blocks are written as they come, and whole', async () => {
    const store = await openDiskBlobStore(dir)
    const chunks = Array.from({ length: 40 }, (_, n) => new Uint8Array(n * 1000).fill(n))
    const draft = await store.create()
    for (const chunk of chunks) await draft.write(chunk)
    expect((await stat(join(dir, 'tmp', (await readdir(join(dir, 'tmp')))[0] ?? ''))).size).toBeGreaterThan(
      500_000,
    )
    await draft.commit(REF)
    expect(Buffer.concat(chunks).equals(await readFile(join(dir, 'ab', REF)))).toBe(true)
  })

  test('that exist already are synced all the same: who named them may not have come so far', async () => {
    await put(dir)
    const calls: string[] = []
    await put(dir, { fileSystem: recording(calls) })
    expect(calls).toContain(`syncDirectory ${join(dir, 'ab')}`)
  })

  test.each(['EPERM', 'ENOTSUP'])('are renamed where links give %s', async (code) => {
    const fileSystem = { ...nodeFileSystem, link: () => Promise.reject(systemError(code)) }
    await put(dir, { fileSystem })
    await put(dir, { fileSystem })
    expect(await (await openDiskBlobStore(dir)).has(REF)).toBe(true)
    expect(await countDrafts()).toBe(0)
  })

  test.each([
    ['ENOSPC', 'storage-full'],
    ['EDQUOT', 'storage-full'],
    ['EROFS', 'storage-failing'],
    ['EIO', 'storage-failing'],
    ['EACCES', 'storage-failing'],
    ['EMFILE', 'overloaded'],
  ])('reject with what %s means, wherever it comes up, and leave nothing behind', async (code, expected) => {
    await openDiskBlobStore(dir)
    const steps = ['create', 'write', 'sync', 'close', 'makeDirectory', 'link', 'syncDirectory']
    for (const step of steps) {
      const fileSystem = failing(step, code)
      const store = await openDiskBlobStore(dir, {
        fileSystem: step === 'makeDirectory' ? failing(step, code, 2) : fileSystem,
      })
      expect([step, await codeOf(write(store))]).toStrictEqual([step, expected])
      expect(await countDrafts()).toBe(0)
      expect([step, await countBlobs(store)]).toStrictEqual([step, 0])
    }
    await put(dir)
  })

  test('may be made without syncing, where they can be made again', async () => {
    const calls: string[] = []
    await put(dir, { sync: false, fileSystem: recording(calls) })
    expect(calls.filter((call) => call.startsWith('sync'))).toStrictEqual([])
    expect(await (await openDiskBlobStore(dir)).has(REF)).toBe(true)
  })
})

describe('blobs that can be made again', () => {
  contractOf({ sync: false })

  test('are not there when a power cut has emptied them, and can be put again', async () => {
    const store = await openDiskBlobStore(dir, { sync: false })
    await mkdir(join(dir, 'ab'), { recursive: true })
    await writeFile(join(dir, 'ab', REF), '')
    expect(await store.has(REF)).toBe(false)
    await write(store)
    expect((await store.open(REF))?.bytes).toBe(5)
  })
})

describe('drafts on disk', () => {
  const here = thisProcess()
  const opened = async (name: string, age: number) => {
    await mkdir(join(dir, 'tmp'), { recursive: true })
    const path = join(dir, 'tmp', name)
    await writeFile(path, 'x')
    const written = new Date(Date.now() - age)
    await utimes(path, written, written)
    await openDiskBlobStore(dir)
    return (await countDrafts()) === 0 ? 'removed' : 'kept'
  }

  test('of a process that is gone are removed', async () => {
    expect(await opened(draftName({ ...here, pid: 2 ** 30 }), 0)).toBe('removed')
  })

  test('of an earlier process with the same id are removed', async () => {
    expect(await opened(draftName({ ...here, start: here.start + 1 }), 0)).toBe('removed')
  })

  test('of a living process are kept, however old', async () => {
    expect(await opened(draftName(here), 48 * HOUR)).toBe('kept')
  })

  test('of another machine or of unknown origin are kept for an hour', async () => {
    const foreign = draftName({ ...here, machine: '00000000' })
    expect(await opened(foreign, HOUR / 2)).toBe('kept')
    expect(await opened(foreign, HOUR * 2)).toBe('removed')
    expect(await opened('something', HOUR / 2)).toBe('kept')
    expect(await opened('something', HOUR * 2)).toBe('removed')
  })
})

async function countBlobs(store: BlobStore): Promise<number> {
  let count = 0
  for await (const _ of store.list()) count++
  return count
}

async function put(directory: string, options: DiskOptions = {}): Promise<void> {
  await write(await openDiskBlobStore(directory, options))
}

async function write(store: Awaited<ReturnType<typeof openDiskBlobStore>>): Promise<void> {
  const draft = await store.create()
  try {
    await draft.write(new TextEncoder().encode('hello'))
    await draft.commit(REF)
  } finally {
    await draft.discard()
  }
}

type Call =
  | 'create'
  | 'write'
  | 'sync'
  | 'close'
  | 'makeDirectory'
  | 'link'
  | 'rename'
  | 'remove'
  | 'syncDirectory'

/** The machine's file system, with `before` called ahead of everything that changes it. */
function watched(before: (call: Call, ...paths: readonly string[]) => Promise<void>): FileSystem {
  const on =
    <A extends readonly string[], T>(call: Call, act: (...paths: A) => Promise<T>) =>
    async (...paths: A) => {
      await before(call, ...paths)
      return act(...paths)
    }
  return {
    ...nodeFileSystem,
    makeDirectory: on('makeDirectory', (path: string) => nodeFileSystem.makeDirectory(path)),
    link: on('link', (from: string, to: string) => nodeFileSystem.link(from, to)),
    rename: on('rename', (from: string, to: string) => nodeFileSystem.rename(from, to)),
    remove: on('remove', (path: string) => nodeFileSystem.remove(path)),
    syncDirectory: on('syncDirectory', (path: string) => nodeFileSystem.syncDirectory(path)),
    create: on('create', async (path: string) => {
      const file = await nodeFileSystem.create(path)
      return {
        write: async (chunks) => {
          await before('write')
          await file.write(chunks)
        },
        sync: on('sync', () => file.sync()),
        close: async () => {
          await file.close()
          await before('close')
        },
      }
    }),
  }
}

function recording(calls: string[]): FileSystem {
  return watched(async (...call) => {
    calls.push(call.join(' '))
  })
}

/** Fails at every call of one kind, after the first `passing` of them. */
function failing(step: string, code: string, passing = 0): FileSystem {
  let calls = 0
  return watched(async (call) => {
    if (call === step && ++calls > passing) throw systemError(code)
  })
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code })
}
