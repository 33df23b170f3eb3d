import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../config/config.ts'
import type { BlobStore } from '../../storage/blob-store.ts'
import { present } from '../../storage/contract/database-under-test.ts'
import { openS3Blobs } from '../../storage/s3/open-s3-blobs.ts'
import { createBucket, s3Server, type TestBucket } from '../../testing/ceph/test-bucket.ts'
import { jpeg } from '../../testing/test-images.ts'
import { TestServer } from '../../testing/test-server.ts'
import { type TestCli, testCli } from '../testing/test-cli.ts'

const T = 1_600_000_000_000

const store = await s3Server()

function environmentOf({ url, credentials }: TestBucket) {
  const { accessKey, secretKey } = credentials
  return { SENIO_BLOB_URL: url, SENIO_S3_ACCESS_KEY: accessKey, SENIO_S3_SECRET_KEY: secretKey }
}

async function withServer<Result>(
  dataDir: string,
  bucket: TestBucket,
  use: (server: TestServer) => Promise<Result>,
): Promise<Result> {
  const { blobUrl, s3AccessKey, s3SecretKey } = loadConfig({}, environmentOf(bucket))
  const installation = { blobUrl, s3AccessKey, s3SecretKey, scrubRate: 1000 }
  const server = await TestServer.start({ dataDir, installation })
  try {
    return await use(server)
  } finally {
    await server.stop()
  }
}

/** Publishes pictures; gives their hashes. */
async function furnish(server: TestServer): Promise<readonly string[]> {
  const { name, key } = await server.sensor('rpi', ['cam1:image'])
  const pictures = await Promise.all([1, 2, 3, 4].map((seed) => jpeg(48, 32, seed)))
  for (const [n, payload] of pictures.entries()) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg' }
    const url = `/publish/${name}?field=cam1&timestamp=${T + n}`
    expect((await server.app.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(201)
  }
  return pictures.map((bytes) => createHash('sha1').update(bytes).digest('hex'))
}

/** Deletes one picture and replaces another, as by hand. */
async function damage(originals: BlobStore, [gone = '', changed = '']: readonly string[]): Promise<void> {
  await originals.delete(gone)
  await originals.delete(changed)
  const draft = await originals.create()
  await draft.write(Buffer.from('something else'))
  await draft.commit(changed)
}

describe.skipIf(store === null)('pictures in a bucket', () => {
  async function installation() {
    const cli: TestCli = await testCli()
    const bucket = await createBucket(present(store))
    const data = join(cli.directory, 'data')
    const sha1s = await withServer(data, bucket, furnish)
    const blobs = await openS3Blobs({ ...bucket, spoolDirectory: join(cli.directory, 'spool') })
    const environment = environmentOf(bucket)
    const run = (...argv: readonly string[]) => cli.runWith({ environment }, ...argv)
    return { cli, bucket, data, sha1s, originals: blobs.store('originals'), run }
  }

  test('are backed up into a folder, found damaged by the scrub and by the check, and put back', async () => {
    const { bucket, data, sha1s, originals, run } = await installation()
    const backup = await run('backup', 'b', '--folder', '--pictures-only', '--json')
    expect(backup.json()).toMatchObject({ copied: 4, pictures: { count: 4 }, lost: [] })
    await damage(originals, sha1s)

    await withServer(data, bucket, async (server) => {
      server.installation.startBackgroundWork()
      const { scrub } = server.installation.storage
      await expect.poll(async () => (await scrub.state()).ended, { timeout: 15_000 }).not.toBeNull()
      expect(await scrub.countDamaged()).toBe(2)
    })
    const check = await run('check')
    expect(check.exitCode).toBe(1)
    for (const sha1 of sha1s.slice(0, 2)) expect(check.stdout).toContain(sha1)

    expect((await run('restore', 'b', '--pictures-only', '--json')).json()).toMatchObject({
      faulty: 2,
      mended: 2,
      left: [],
    })
    expect(await run('check')).toMatchObject({ exitCode: 0 })
    expect((await run('backup', 'b', '--folder', '--pictures-only', '--json')).json()).toMatchObject({
      copied: 0,
    })
  })

  test('go with the database into one file, and from it into an empty bucket', async () => {
    const { cli, run } = await installation()
    expect(await run('backup', 'all.tar')).toMatchObject({ exitCode: 0 })
    const environment = environmentOf(await createBucket(present(store)))
    const elsewhere = (...argv: readonly string[]) =>
      cli.runWith({ environment }, ...argv, '--data-dir', 'restored')
    expect(await elsewhere('restore', 'all.tar')).toMatchObject({ exitCode: 0 })
    expect((await elsewhere('check', '--json')).json()).toMatchObject({ ok: true, pictures: 4 })
    // And from the file into a directory with everything in it.
    expect(await cli.run('restore', 'all.tar', '--data-dir', 'local')).toMatchObject({ exitCode: 0 })
    expect((await cli.run('check', '--data-dir', 'local', '--json')).json()).toMatchObject({ pictures: 4 })
  })
})
