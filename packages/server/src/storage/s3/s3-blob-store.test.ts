import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createBucket, s3Server, type TestBucket } from '../../testing/ceph/test-bucket.ts'
import type { BlobStore } from '../blob-store.ts'
import { blobStoreContract } from '../contract/blob-store.contract.ts'
import { codeOf, present } from '../contract/database-under-test.ts'
import { placeMarkContract } from '../contract/place-mark.contract.ts'
import { abortAbandoned } from './abandoned-uploads.ts'
import { openS3Blobs, type S3Options } from './open-s3-blobs.ts'
import { textBody } from './request-body.ts'
import { S3BlobStore } from './s3-blob-store.ts'
import { S3Client } from './s3-client.ts'
import { Spool } from './spool.ts'
import { tags } from './xml.ts'

const MIB = 1024 * 1024
const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

const server = await s3Server()

describe.skipIf(server === null)('blobs in a bucket', () => {
  let bucket: TestBucket
  let spoolDirectory: string
  beforeEach(async () => {
    bucket = await createBucket(present(server))
    spoolDirectory = await mkdtemp(join(tmpdir(), 'senio-spool-'))
  })
  afterEach(() => rm(spoolDirectory, { recursive: true }))

  const open = (options: Partial<S3Options> = {}) => openS3Blobs({ ...bucket, spoolDirectory, ...options })
  const openStore = async (options: Partial<S3Options> = {}) => (await open(options)).store('originals')

  const uploads = async (): Promise<number> => {
    const client = new S3Client(bucket.location, bucket.credentials)
    const query = { uploads: '', prefix: '' }
    const found = [...tags(await client.sendForText({ method: 'GET', key: null, query }), 'Upload')]
    return found.length
  }

  blobStoreContract(async () => ({
    store: await openStore(),
    reopen: () => openStore(),
    countDrafts: async () => (await readdir(spoolDirectory)).length + (await uploads()),
    dispose: async () => undefined,
  }))

  describe('have a mark of their place, which', () => {
    placeMarkContract(async () => (await open()).placeMark('originals'))

    test('is no blob', async () => {
      const blobs = await open()
      await blobs.placeMark('originals').create('1'.repeat(32))
      expect(await listed(blobs.store('originals'))).toStrictEqual([])
    })
  })

  describe('of a server that takes no conditions', () => {
    const openWithout = async () => {
      const client = new S3Client(bucket.location, bucket.credentials)
      const capabilities = async () => ({ conditionalCreate: false })
      const spool = new Spool(spoolDirectory, 5 * MIB)
      const failure = () => null
      return new S3BlobStore({ client, folder: 'originals', spool, capabilities, failure, pageSize: 1000 })
    }

    blobStoreContract(async () => ({
      store: await openWithout(),
      reopen: openWithout,
      countDrafts: async () => (await readdir(spoolDirectory)).length + (await uploads()),
      dispose: async () => undefined,
    }))
  })

  test('are found by a store that looks under the same prefix, and by no other', async () => {
    const north = { ...bucket.location, prefix: 'farm/north/' }
    const store = await openStore({ location: north, pageSize: 2 })
    const refs = await Promise.all(Array.from({ length: 5 }, (_, index) => put(store, Buffer.from([index]))))
    expect((await listed(store)).toSorted()).toStrictEqual(refs.toSorted())
    expect(await listed(await openStore())).toStrictEqual([])
    expect(await listed((await open({ location: north })).store('thumbs'))).toStrictEqual([])
  })

  test('are sent in parts above a size, and read back whole or by any range', async () => {
    const store = await openStore({ partBytes: 5 * MIB })
    const bytes = randomBytes(12 * MIB + 345)
    const ref = await put(store, bytes)
    const blob = present(await store.open(ref))
    expect(blob.bytes).toBe(bytes.length)
    expect((await buffer(blob.stream())).equals(bytes)).toBe(true)
    const range = { start: 5 * MIB - 3, end: 10 * MIB + 3 }
    expect((await buffer(blob.stream(range))).equals(bytes.subarray(range.start, range.end))).toBe(true)
    expect(await uploads()).toBe(0)
  })

  test('of exactly a part, and sent a second time in parts, are there once', async () => {
    const store = await openStore({ partBytes: 5 * MIB })
    const ofPart = randomBytes(5 * MIB)
    const larger = randomBytes(5 * MIB + 1)
    for (const bytes of [ofPart, larger, ofPart, larger]) {
      const ref = await put(store, bytes)
      expect((await buffer(present(await store.open(ref)).stream())).equals(bytes)).toBe(true)
    }
    expect(await uploads()).toBe(0)
  })

  test('wait without leaving a trace, in memory or in files without names', async () => {
    const store = await openStore()
    const drafts = await Promise.all(Array.from({ length: 40 }, () => store.create()))
    const bytes = randomBytes(MIB + 1)
    for (const draft of drafts) {
      for (let at = 0; at < bytes.length; at += 65_536) await draft.write(bytes.subarray(at, at + 65_536))
    }
    expect(await readdir(spoolDirectory)).toStrictEqual([])
    const ref = createHash('sha1').update(bytes).digest('hex')
    await Promise.all(drafts.map((draft) => draft.commit(ref)))
    expect((await buffer(present(await store.open(ref)).stream())).equals(bytes)).toBe(true)
  })

  test('in parts that a crash left behind are aborted after a day, however many, and those of others are left', async () => {
    const client = new S3Client(bucket.location, bucket.credentials)
    const begin = (key: string) => client.sendForStatus({ method: 'POST', key, query: { uploads: '' } })
    const [twice, ...once] = ['a', 'b', 'c', 'd', 'e'].map((digit) => `originals/${digit.repeat(40)}`)
    for (const key of [present(twice), present(twice), present(twice), ...once]) await begin(key)
    await begin('of-somebody-else.tar')
    await abortAbandoned(client, Date.now() + DAY - HOUR, 2)
    expect(await uploads()).toBe(8)
    await abortAbandoned(client, Date.now() + DAY + HOUR, 2)
    expect(await uploads()).toBe(1)
  })

  test('in parts that a crash left behind are looked for by the daily upkeep', async () => {
    const client = new S3Client(bucket.location, bucket.credentials)
    const key = `originals/${'a'.repeat(40)}`
    await client.sendForStatus({ method: 'POST', key, query: { uploads: '' } })
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + DAY + HOUR)
    onTestFinished(() => void vi.restoreAllMocks())
    await (await open()).upkeep.run()
    expect(await uploads()).toBe(0)
  })

  test('tell by trying what the server can do', async () => {
    expect(await (await open()).capabilities()).toStrictEqual({ conditionalCreate: true })
  })

  test.each([
    [
      'a bucket that is not there',
      () => ({ location: { ...bucket.location, bucket: 'absent' } }),
      'no such bucket',
    ],
    [
      'an access key that nobody knows',
      () => ({ credentials: { ...bucket.credentials, accessKey: 'x' } }),
      'access key',
    ],
    ['a wrong secret', () => ({ credentials: { ...bucket.credentials, secretKey: 'x' } }), 'secret key'],
  ])('are refused for %s when the store is opened, in plain words', async (_, options, words) => {
    const changes: unknown[] = []
    const opening = open({ ...options(), onChange: (failure) => changes.push(failure) })
    await expect(opening).rejects.toMatchObject({ code: 'parameter-invalid', field: 'blob-url' })
    await expect(opening).rejects.toThrow(words)
    expect(changes).toStrictEqual([])
  })

  test('of which one was deleted by hand are missed while they are read', async () => {
    const store = await openStore()
    const ref = await put(store, Buffer.from('gone'))
    const blob = present(await store.open(ref))
    await store.delete(ref)
    expect(await codeOf(buffer(blob.stream()))).toBe('storage-failing')
  })

  test('of which one was replaced by hand are never mixed of both', async () => {
    const store = await openStore()
    const ref = await put(store, Buffer.from('before'))
    const blob = present(await store.open(ref))
    expect(String(await buffer(blob.stream({ start: 0, end: 3 })))).toBe('bef')
    const client = new S3Client(bucket.location, bucket.credentials)
    await client.sendForStatus({ method: 'PUT', key: `originals/${ref}`, body: textBody('behind') })
    expect(await codeOf(buffer(blob.stream({ start: 3, end: 6 })))).toBe('storage-failing')
    const replaced = present(await store.open(ref))
    expect(replaced.version).not.toBe(blob.version)
    expect(String(await buffer(replaced.stream()))).toBe('behind')
  })
})

async function put(store: BlobStore, bytes: Uint8Array): Promise<string> {
  const ref = createHash('sha1').update(bytes).digest('hex')
  const draft = await store.create()
  await draft.write(bytes)
  await draft.commit(ref)
  return ref
}

async function listed(store: BlobStore): Promise<readonly string[]> {
  const refs: string[] = []
  for await (const { ref } of store.list()) refs.push(ref)
  return refs
}
