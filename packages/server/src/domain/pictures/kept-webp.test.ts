import { buffer } from 'node:stream/consumers'
import { beforeEach, describe, expect, it } from 'vitest'
import { keep, readKept } from './kept-webp.ts'
import { fakeRendition } from './testing/fake-decoder.ts'
import { MemoryBlobStore } from './testing/memory-blob-store.ts'

const REF = 'ab'.repeat(20)
const PICTURE = fakeRendition('a picture', 'thumb')

let store: MemoryBlobStore
beforeEach(() => {
  store = new MemoryBlobStore(() => 0)
})

async function storedBytes(): Promise<Buffer> {
  const blob = await store.open(REF)
  if (blob === null) throw new TypeError('It is not there.')
  return buffer(blob.stream())
}

describe('a picture that was made', () => {
  it('comes back as it was kept', async () => {
    expect(await readKept(store, REF)).toBeNull()
    await keep(store, REF, PICTURE)
    expect(Buffer.from((await readKept(store, REF)) ?? [])).toStrictEqual(Buffer.from(PICTURE))
  })

  it('begins with itself where it is kept, so that it can be looked at there', async () => {
    await keep(store, REF, PICTURE)
    expect((await storedBytes()).subarray(0, PICTURE.length)).toStrictEqual(Buffer.from(PICTURE))
  })

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['has a bit flipped', (bytes) => bytes.fill((bytes[20] ?? 0) ^ 1, 20, 21)],
    ['is zeroes from some point on', (bytes) => bytes.fill(0, 12)],
    ['is zeroes', (bytes) => bytes.fill(0)],
    ['is cut', (bytes) => bytes.subarray(0, -1)],
    ['has lost its digest, or never had one', () => Buffer.from(PICTURE)],
    ['is empty', () => Buffer.alloc(0)],
    ['is longer', (bytes) => Buffer.concat([bytes, Buffer.alloc(1)])],
  ])('is removed when it %s, and kept anew', async (_, change) => {
    await keep(store, REF, PICTURE)
    store.put(REF, change(await storedBytes()))
    expect(await readKept(store, REF)).toBeNull()
    expect(await store.has(REF)).toBe(false)
    await keep(store, REF, PICTURE)
    expect(await readKept(store, REF)).not.toBeNull()
  })
})
