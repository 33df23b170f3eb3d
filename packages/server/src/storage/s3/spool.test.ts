import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { present } from '../contract/database-under-test.ts'
import { Spool } from './spool.ts'

const MIB = 1024 * 1024

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'senio-spool-'))
})
afterEach(() => rm(directory, { recursive: true }))

test('many large blobs at once take little memory, and are read back as they were written', async () => {
  const spool = new Spool(directory, 32 * MIB)
  const blobs = Array.from({ length: 64 }, () => spool.begin())
  const chunk = randomBytes(256 * 1024)
  const before = process.memoryUsage().arrayBuffers
  // 256 MiB, all of them under way at the same time.
  for (let written = 0; written < 4 * MIB; written += chunk.length) {
    await Promise.all(blobs.map((blob) => blob.write(chunk)))
  }
  // What waited in memory before it went to files may still wait for the garbage collector.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * MIB)
  const [part] = present(blobs[0]).parts()
  const read = await buffer(present(part).open())
  expect(read.length).toBe(4 * MIB)
  expect(read.subarray(3 * MIB, 3 * MIB + chunk.length).equals(chunk)).toBe(true)
  await Promise.all(blobs.map((blob) => blob.drop()))
})

test('small blobs find their room in memory again when others are gone', async () => {
  const spool = new Spool(join(directory, 'never', 'made'), MIB)
  for (let round = 0; round < 100; round++) {
    const blob = spool.begin()
    await blob.write(Buffer.alloc(MIB, round))
    await blob.drop()
    await blob.drop()
  }
  // None has needed a file.
  expect(await readdir(directory)).toStrictEqual([])
})

test('files of a process that died before it took their names away are removed', async () => {
  const spool = new Spool(directory, MIB)
  const blob = spool.begin()
  await blob.write(Buffer.alloc(2 * MIB, 7))
  await Promise.all(
    ['0'.repeat(32), 'f'.repeat(32), 'README'].map((name) => writeFile(join(directory, name), '')),
  )
  await spool.tidy()
  expect(await readdir(directory)).toStrictEqual(['README'])
  const [part] = present(blob.parts())
  expect((await buffer(present(part).open())).equals(Buffer.alloc(MIB, 7))).toBe(true)
  await blob.drop()
  await new Spool(join(directory, 'never', 'made'), MIB).tidy()
})
