import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { createBucket, s3Server } from '../../testing/ceph/test-bucket.ts'
import { blobStoreContract } from '../contract/blob-store.contract.ts'
import { openS3Blobs } from './open-s3-blobs.ts'

const server = await s3Server()

describe.skipIf(server === null)('blobs in a bucket', () => {
  blobStoreContract(async () => {
    const { location, credentials } = await createBucket(
      server ?? { endpoint: '', accessKey: '', secretKey: '' },
    )
    const spoolDirectory = await mkdtemp(join(tmpdir(), 'senio-spool-'))
    const open = async () => (await openS3Blobs({ location, credentials, spoolDirectory })).store('originals')
    return {
      store: await open(),
      reopen: open,
      countDrafts: async () => (await readdir(spoolDirectory)).length,
      dispose: () => rm(spoolDirectory, { recursive: true }),
    }
  })
})
