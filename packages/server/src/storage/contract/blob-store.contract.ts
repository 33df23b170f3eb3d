import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BlobStore } from '../blob-store.ts'
import { codeOf, present } from './database-under-test.ts'

export interface BlobStoreUnderTest {
  readonly store: BlobStore
  /** Opens the same store anew, as after a restart. */
  reopen(): Promise<BlobStore>
  /** How many drafts lie about. */
  countDrafts(): Promise<number>
  /** Removes everything. */
  dispose(): Promise<void>
}

const ref = (digit: string) => digit.repeat(40)
const bytes = (text: string) => new TextEncoder().encode(text)

/** What `BlobStore` promises. */
export function blobStoreContract(open: () => Promise<BlobStoreUnderTest>): void {
  describe('a store of blobs', () => {
    let opened: BlobStoreUnderTest
    beforeEach(async () => {
      opened = await open()
    })
    afterEach(() => opened.dispose())

    const put = async (store: BlobStore, name: string, ...chunks: readonly string[]) => {
      const draft = await store.create()
      for (const chunk of chunks) await draft.write(bytes(chunk))
      await draft.commit(name)
    }

    const read = async (store: BlobStore, name: string, range?: { start: number; end: number }) => {
      const blob = present(await store.open(name))
      const chunks: Uint8Array[] = []
      for await (const chunk of blob.stream(range)) chunks.push(chunk as Uint8Array)
      return Buffer.concat(chunks).toString()
    }

    test('gives back what was committed, also when opened again', async () => {
      await put(opened.store, ref('a'), 'one ', 'two ', '', 'three')
      expect(await read(opened.store, ref('a'))).toBe('one two three')
      expect((await opened.store.open(ref('a')))?.bytes).toBe(13)
      expect(await read(await opened.reopen(), ref('a'))).toBe('one two three')
    })

    test('gives parts: the start is in, the end is out', async () => {
      await put(opened.store, ref('a'), '0123456789')
      expect(await read(opened.store, ref('a'), { start: 2, end: 5 })).toBe('234')
      expect(await read(opened.store, ref('a'), { start: 0, end: 10 })).toBe('0123456789')
      expect(await read(opened.store, ref('a'), { start: 4, end: 4 })).toBe('')
      expect(await read(opened.store, ref('a'), { start: 9, end: 10 })).toBe('9')
    })

    test('tells what is there from what is not', async () => {
      await put(opened.store, ref('a'), 'x')
      expect(await opened.store.has(ref('a'))).toBe(true)
      expect(await opened.store.has(ref('b'))).toBe(false)
      expect(await opened.store.open(ref('b'))).toBeNull()
    })

    test('shows nothing before the commit and nothing after a discard', async () => {
      const draft = await opened.store.create()
      await draft.write(bytes('x'))
      expect(await opened.store.has(ref('a'))).toBe(false)
      await draft.discard()
      await draft.discard()
      expect(await opened.store.has(ref('a'))).toBe(false)
      expect(await opened.countDrafts()).toBe(0)
    })

    test('keeps a blob that exists already, and the draft is gone', async () => {
      await put(opened.store, ref('a'), 'first')
      await put(opened.store, ref('a'), 'second')
      expect(await read(opened.store, ref('a'))).toBe('first')
      expect(await opened.countDrafts()).toBe(0)
    })

    test('takes the same blob from many at once', async () => {
      await Promise.all(Array.from({ length: 20 }, () => put(opened.store, ref('c'), 'same', 'bytes')))
      expect(await read(opened.store, ref('c'))).toBe('samebytes')
      expect(await opened.countDrafts()).toBe(0)
    })

    test('refuses the use of a draft after its end', async () => {
      const draft = await opened.store.create()
      await draft.write(bytes('x'))
      await draft.commit(ref('a'))
      expect(await codeOf(draft.write(bytes('x')))).toBe('defect')
      expect(await codeOf(draft.commit(ref('b')))).toBe('defect')
      await draft.discard()
      expect(await opened.store.has(ref('a'))).toBe(true)
    })

    test('deletes, also what is not there', async () => {
      await put(opened.store, ref('a'), 'x')
      await opened.store.delete(ref('a'))
      await opened.store.delete(ref('a'))
      expect(await opened.store.has(ref('a'))).toBe(false)
      await put(opened.store, ref('a'), 'y')
      expect(await read(opened.store, ref('a'))).toBe('y')
    })

    test('tells by their version when other bytes have come to be under a ref', async () => {
      const version = async (store: BlobStore) => present(await store.open(ref('a'))).version
      await put(opened.store, ref('a'), 'x')
      const first = await version(opened.store)
      await put(opened.store, ref('a'), 'another that is dropped')
      await put(opened.store, ref('b'), 'beside it')
      expect(await version(opened.store)).toBe(first)
      expect(await version(await opened.reopen())).toBe(first)
      await opened.store.delete(ref('a'))
      await put(opened.store, ref('a'), 'yz')
      expect(await version(opened.store)).not.toBe(first)
    })

    test('lists every blob and nothing else', async () => {
      const refs = [ref('a'), ref('b'), `ab${'0'.repeat(38)}`, `abab${'1'.repeat(36)}`]
      for (const name of refs) await put(opened.store, name, 'x'.repeat(3))
      const draft = await opened.store.create()
      const listed: string[] = []
      for await (const blob of opened.store.list()) {
        expect(blob.bytes).toBe(3)
        expect(blob.modified).toBeGreaterThan(0)
        listed.push(blob.ref)
      }
      await draft.discard()
      expect(listed.toSorted()).toStrictEqual(refs.toSorted())
    })

    test('leaves the drafts of others who have it open alone', async () => {
      const draft = await opened.store.create()
      await draft.write(bytes('still '))
      const other = await opened.reopen()
      await draft.write(bytes('writing'))
      await draft.commit(ref('d'))
      expect(await read(other, ref('d'))).toBe('still writing')
    })

    test.each(['../../etc/passwd', ref('a').slice(1), ref('A'), `${ref('a')}\0`, ''])(
      'makes no path of %j',
      async (name) => {
        expect(await codeOf(opened.store.open(name))).toBe('defect')
        expect(await codeOf(opened.store.has(name))).toBe('defect')
        expect(await codeOf(opened.store.delete(name))).toBe('defect')
        const draft = await opened.store.create()
        expect(await codeOf(draft.commit(name))).toBe('defect')
        await draft.discard()
        expect(await opened.countDrafts()).toBe(0)
      },
    )
  })
}
