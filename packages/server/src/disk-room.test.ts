import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freeBytes, freeInodes } from './disk-room.ts'

test('tells what is left where a directory is', async () => {
  expect(await freeBytes(tmpdir())).toBeGreaterThan(0)
  const inodes = await freeInodes(tmpdir())
  if (inodes !== null) expect(inodes).toBeGreaterThan(0)
})

test('tells nothing where there is none, and no number of files where these have no limit', async () => {
  const nowhere = join(tmpdir(), 'senio-nowhere', 'at-all')
  expect([await freeBytes(nowhere), await freeInodes(nowhere)]).toStrictEqual([null, null])
  // A file system without files of its own, on Linux.
  if (process.platform === 'linux') expect(await freeInodes('/proc')).toBeNull()
})
