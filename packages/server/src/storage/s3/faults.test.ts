import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBucket, s3Server, type TestBucket } from '../../testing/ceph/test-bucket.ts'
import { type Fault, FaultProxy } from '../../testing/fault-proxy.ts'
import type { BlobStore } from '../blob-store.ts'
import { codeOf, present } from '../contract/database-under-test.ts'
import { openS3Blobs, type S3Blobs } from './open-s3-blobs.ts'

const server = await s3Server()

/** Impatient: tests wait for what never comes. The pauses outlast a request that was cut and is still worked on. */
const patience = { idle: 300, answer: 600, attempts: 4, pause: 25, total: 20_000 }

const unavailable = (status: number, code: string) =>
  `HTTP/1.1 ${status} No\r\ncontent-type: application/xml\r\nconnection: close\r\n\r\n<Error><Code>${code}</Code></Error>`

const size = 300_000
const bytes = randomBytes(size)
const ref = createHash('sha1').update(bytes).digest('hex')

describe.skipIf(server === null)('a bucket behind a bad network', () => {
  let bucket: TestBucket
  let proxy: FaultProxy
  let spoolDirectory: string
  let blobs: S3Blobs
  let store: BlobStore
  let direct: BlobStore
  beforeEach(async () => {
    bucket = await createBucket(present(server))
    spoolDirectory = await mkdtemp(join(tmpdir(), 'senio-spool-'))
    const { hostname, port } = bucket.location.endpoint
    proxy = await FaultProxy.start({ host: hostname, port: Number(port) })
    const endpoint = new URL(`http://127.0.0.1:${proxy.port}`)
    const options = { ...bucket, spoolDirectory, patience }
    blobs = await openS3Blobs({ ...options, location: { ...bucket.location, endpoint } })
    await blobs.capabilities()
    store = blobs.store('originals')
    direct = (await openS3Blobs(options)).store('originals')
  })
  afterEach(async () => {
    blobs.close()
    await proxy.close()
    await rm(spoolDirectory, { recursive: true })
  })

  const put = async () => {
    const draft = await store.create()
    try {
      await draft.write(bytes)
      await draft.commit(ref)
    } finally {
      await draft.discard()
    }
  }
  /** The network is well again, and that was noticed. */
  const recovered = async () => {
    await proxy.heal()
    await expect.poll(() => blobs.failure(), { timeout: 15_000 }).toBeNull()
  }
  const readBack = async (from: BlobStore) =>
    (await buffer(present(await from.open(ref)).stream())).equals(bytes)

  type Case = readonly [what: string, fault: Fault]
  /** The store has the bytes then, and nobody knows. */
  const unanswered: readonly Case[] = [
    ['a reset before the answer', { kind: 'reset', after: 0, way: 'down' }],
    ['an answer that does not come', { kind: 'stall', after: 0, way: 'down' }],
  ]
  const changed: Case = ['a byte changed on the way', { kind: 'corrupt', at: 200_000 }]
  const passing: readonly Case[] = [
    ['a reset in mid-upload', { kind: 'reset', after: 100_000, way: 'up' }],
    ['a stall in mid-upload', { kind: 'stall', after: 100_000, way: 'up' }],
    ['503 SlowDown', { kind: 'answer', bytes: unavailable(503, 'SlowDown') }],
    ['500 without a word', { kind: 'answer', bytes: 'HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n' }],
  ]

  test.each([...passing, ...unanswered, changed])('stores all the same after %s', async (_, fault) => {
    await proxy.begin(fault, 2)
    await put()
    expect(await readBack(direct)).toBe(true)
    expect(proxy.connections).toBeGreaterThan(2)
  })

  test.each([
    ...passing,
    ['nobody listening', { kind: 'refuse' }],
    ['a network that crawls', { kind: 'slow', bytesPerSecond: 1000 }],
    ['something that is no object store', { kind: 'answer', bytes: 'SSH-2.0-OpenSSH_9.2\r\n' }],
  ] satisfies readonly Case[])('gives up while %s lasts, stores nothing, and recovers', async (_, fault) => {
    await proxy.begin(fault)
    expect(await codeOf(put())).toBe('storage-failing')
    expect(await direct.has(ref)).toBe(false)
    await recovered()
    await put()
    expect(await readBack(store)).toBe(true)
  })

  test.each(unanswered)(
    'says that it failed while %s lasts, and finds what it stored the next time',
    async (_, fault) => {
      await proxy.begin(fault)
      expect(await codeOf(put())).toBe('storage-failing')
      await recovered()
      await put()
      expect(await readBack(store)).toBe(true)
    },
  )

  test('lets the server compare what arrived with what was sent', async () => {
    await proxy.begin(changed[1])
    const endpoint = new URL(`http://127.0.0.1:${proxy.port}`)
    const location = { ...bucket.location, endpoint }
    const hasty = await openS3Blobs({
      ...bucket,
      location,
      spoolDirectory,
      patience: { ...patience, attempts: 1 },
    })
    const draft = await hasty.store('originals').create()
    await draft.write(bytes)
    await expect(draft.commit(ref)).rejects.toMatchObject({ cause: { s3Code: 'XAmzContentSHA256Mismatch' } })
    await draft.discard()
    expect(await direct.has(ref)).toBe(false)
  })

  test('keeps nobody waiting once it is known to be out of use', async () => {
    await proxy.begin({ kind: 'stall', after: 0, way: 'down' })
    expect(await codeOf(put())).toBe('storage-failing')
    await expect.poll(() => blobs.failure()?.code, { timeout: 15_000 }).toBe('storage-failing')
    const asked = proxy.connections
    for (const act of [put, () => store.has(ref), () => store.open(ref), () => store.delete(ref)])
      expect(await codeOf(act())).toBe('storage-failing')
    // All that is asked is whether it is back, now and then.
    expect(proxy.connections - asked).toBeLessThanOrEqual(2)
  })

  test.each([
    ['507 of any kind', unavailable(507, 'XMinioStorageFull')],
    ['a quota', unavailable(403, 'QuotaExceeded')],
  ])('tells a store that is full: %s', async (_, answer) => {
    await proxy.begin({ kind: 'answer', bytes: answer })
    expect(await codeOf(put())).toBe('storage-full')
  })

  test('takes up a download that is cut where it ended', async () => {
    await put()
    const blob = present(await store.open(ref))
    await proxy.begin({ kind: 'reset', after: 100_000, way: 'down' }, 3)
    expect((await buffer(blob.stream())).equals(bytes)).toBe(true)
    await proxy.begin({ kind: 'reset', after: 10, way: 'down' })
    expect(await codeOf(buffer(blob.stream()))).toBe('storage-failing')
  })

  test('lets whoever reads slowly take its time', async () => {
    await put()
    const received: Uint8Array[] = []
    for await (const chunk of present(await store.open(ref)).stream() as AsyncIterable<Uint8Array>) {
      if (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 2 * patience.idle))
      received.push(chunk)
    }
    expect(Buffer.concat(received).equals(bytes)).toBe(true)
  })

  test('may be down when it is opened', async () => {
    await proxy.begin({ kind: 'refuse' })
    const endpoint = new URL(`http://127.0.0.1:${proxy.port}`)
    const location = { ...bucket.location, endpoint }
    const told: (string | undefined)[] = []
    const early = await openS3Blobs({
      ...bucket,
      location,
      spoolDirectory,
      patience,
      onChange: (failure) => told.push(failure?.message),
    })
    const { bucket: name } = bucket.location
    expect(told).toStrictEqual([expect.stringContaining(`"${name}" at ${endpoint.origin} cannot be used`)])
    expect(told[0]).toMatch(/ECONN|hang up/)
    expect(early.failure()?.code).toBe('storage-failing')
    expect(await codeOf(early.store('originals').has(ref))).toBe('storage-failing')
    await proxy.heal()
    await expect.poll(() => early.failure(), { timeout: 15_000 }).toBeNull()
    expect(await early.store('originals').has(ref)).toBe(false)
    early.close()
  })

  test('is opened although something before the store answers for it', async () => {
    await proxy.begin({ kind: 'answer', bytes: 'HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n' })
    const endpoint = new URL(`http://127.0.0.1:${proxy.port}`)
    const location = { ...bucket.location, endpoint }
    const early = await openS3Blobs({ ...bucket, location, spoolDirectory, patience })
    expect(early.failure()?.message).toContain('answered GET with 404')
    early.close()
  })

  test('tells that it fails when a request finds out', async () => {
    const changed = Promise.withResolvers<string | undefined>()
    const endpoint = new URL(`http://127.0.0.1:${proxy.port}`)
    const location = { ...bucket.location, endpoint }
    const watched = await openS3Blobs({
      ...bucket,
      location,
      spoolDirectory,
      patience,
      onChange: (failure) => changed.resolve(failure?.code),
    })
    expect(watched.failure()).toBeNull()
    await proxy.begin({ kind: 'answer', bytes: unavailable(403, 'InvalidAccessKeyId') })
    expect(await codeOf(watched.store('originals').has(ref))).toBe('storage-failing')
    expect(await changed.promise).toBe('parameter-invalid')
    watched.close()
  })

  test('says what failed, and neither keys nor signatures', async () => {
    await proxy.begin({ kind: 'answer', bytes: unavailable(503, 'SlowDown') })
    const error: unknown = await put().catch((reason: unknown) => reason)
    const told = inspect(error, { depth: 10 })
    expect(told).toContain('503 SlowDown')
    expect(told).not.toMatch(/signature|credential/i)
    expect(told).not.toContain(bucket.credentials.accessKey)
    expect(told).not.toContain(bucket.credentials.secretKey)
  })
})
