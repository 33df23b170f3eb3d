import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOUR, timestampMs } from '@senio/protocol'
import { afterEach, expect, test } from 'vitest'
import { openStorage } from '../../open-storage.ts'
import type { ImageStore } from '../../storage/image-store.ts'
import type { Storage } from '../../storage/storage.ts'
import { PublishSite } from '../../testing/publish-site.ts'
import { storageProfiles } from '../../testing/storage-profiles.ts'
import { jpeg } from '../../testing/test-images.ts'
import { writeBackup } from './write-backup.ts'
import { writeFolder } from './write-folder.ts'

const PICTURES = 3

const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

/** An installation with pictures that are hours old. */
async function furnished(profile: (typeof storageProfiles)[number]): Promise<PublishSite> {
  const site = await PublishSite.open(await profile.prepare())
  cleanUps.push(() => site.close())
  for (let n = 0; n < PICTURES; n++) {
    const query = `?field=cam1&timestamp=${1_600_000_000_000 + n}`
    expect((await site.post(await jpeg(32, 24, n), 'image/jpeg', query)).status).toBe(201)
  }
  waitHours(site, 2)
  return site
}

function waitHours({ server }: PublishSite, hours: number): void {
  server.now = timestampMs(server.now + hours * HOUR)
}

/** Gives what deletes the sensor with its values, once, and has hours pass in which nodes look for what isn't needed. */
function deletion(site: PublishSite): () => Promise<void> {
  let isDone = false
  return async () => {
    if (isDone) return
    isDone = true
    const { storage, services } = site.server.installation
    await services.sensors.delete(site.owner, 'rpi')
    await storage.measurements.purgeDeleted()
    for (let hour = 0; hour < 3; hour++) {
      await services.pictures.collectOrphans()
      waitHours(site, 1.5)
    }
  }
}

async function optionsOf(site: PublishSite) {
  const directory = await mkdtemp(join(tmpdir(), 'senio-beside-'))
  cleanUps.push(() => rm(directory, { recursive: true }))
  return {
    directory,
    options: {
      withCopy: async (dataDir: string, use: (images: ImageStore) => Promise<void>) => {
        const copy = await openStorage({ dataDir, onFatal: () => undefined })
        try {
          await use(copy.images)
        } finally {
          await copy.close()
        }
      },
      now: site.server.now,
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
  }
}

test.each(storageProfiles)(
  'a sensor that is deleted while pictures are backed up takes none of them from the backup: $name',
  { timeout: 60_000 },
  async (profile) => {
    const site = await furnished(profile)
    const { storage, services } = site.server.installation
    const { options, directory } = await optionsOf(site)
    const meanwhile = deletion(site)
    const images: ImageStore = {
      ...storage.images,
      list: async (...query) => {
        const page = await storage.images.list(...query)
        await meanwhile()
        return page
      },
    }
    const { manifest } = await writeFolder({
      ...options,
      storage: { ...storage, images },
      folder: join(directory, 'b'),
      picturesOnly: true,
      verify: false,
    })
    expect(manifest).toMatchObject({ pictures: { count: PICTURES }, lost: [] })
    expect(await services.pictures.collectOrphans()).toBe(PICTURES)
  },
)

test('… nor from a file, after the database has been copied', { timeout: 60_000 }, async () => {
  const [embedded] = storageProfiles
  if (embedded === undefined) throw new TypeError('There is always this one.')
  const site = await furnished(embedded)
  const { storage, services } = site.server.installation
  const { options, directory } = await optionsOf(site)
  const meanwhile = deletion(site)
  const copying: Storage = {
    ...storage,
    backupTo: async (file) => {
      await storage.backupTo(file)
      await meanwhile()
    },
  }
  const manifest = await writeBackup({ ...options, storage: copying, file: join(directory, 'b.tar') })
  expect(manifest).toMatchObject({ pictures: { count: PICTURES }, lost: [] })
  expect(await services.pictures.collectOrphans()).toBe(PICTURES)
})
