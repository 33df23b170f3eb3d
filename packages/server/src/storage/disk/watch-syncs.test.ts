import { expect, test } from 'vitest'
import { type FileSystem, nodeFileSystem } from './file-system.ts'
import { watchSyncs } from './watch-syncs.ts'

/** A file system whose syncs all fail. */
const failing = (code: string): FileSystem => {
  const sync = async (): Promise<void> => {
    throw Object.assign(new Error(code), { code })
  }
  return {
    ...nodeFileSystem,
    create: async () => ({ write: async () => undefined, sync, close: async () => undefined }),
    syncDirectory: sync,
  }
}

test.each([
  ['EIO', ['storage-failing', 'storage-failing']],
  // Room can be made, and nothing that was stored is in doubt.
  ['ENOSPC', []],
  ['EROFS', []],
])('a sync that failed with %s is told, and rejects', async (code, expected) => {
  const told: string[] = []
  const watched = watchSyncs(failing(code), (error) => told.push(error.code))
  const file = await watched.create('draft')
  await expect(file.sync()).rejects.toMatchObject({ code })
  await expect(watched.syncDirectory('ab')).rejects.toMatchObject({ code })
  expect(told).toEqual(expected)
})
