import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeDirectory } from './make-directory.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'senio-directory-'))
})
afterEach(() => rm(directory, { recursive: true }))

test('makes what is missing, for its owner alone, and leaves what is there', async () => {
  const path = join(directory, 'a', 'b', 'c')
  await makeDirectory(path, { field: 'data-dir' })
  await writeFile(join(path, 'file'), '')
  await makeDirectory(path, { field: 'data-dir' })
  expect((await stat(path)).mode & 0o777).toBe(0o700)
  expect((await stat(join(path, 'file'))).isFile()).toBe(true)
})

test.skipIf(process.platform !== 'linux')('ends where nothing can be made', async () => {
  const making = makeDirectory('/proc/senio/data', { field: 'data-dir' })
  await expect(making).rejects.toMatchObject({ code: 'parameter-invalid', field: 'data-dir' })
  await expect(making).rejects.toThrow(/\/proc\/senio\/data can't be made: nothing can be made there/)
})

test('says that a file is in the way', async () => {
  const file = join(directory, 'file')
  await writeFile(file, '')
  await expect(makeDirectory(file, { field: 'folder' })).rejects.toThrow('that is no directory')
  await expect(makeDirectory(join(file, 'data'), { field: 'folder' })).rejects.toThrow('is a file')
})
