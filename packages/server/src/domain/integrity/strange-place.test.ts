import { afterAll, beforeAll, expect, test } from 'vitest'
import { PublishSite } from '../../testing/publish-site.ts'
import { jpeg } from '../../testing/test-images.ts'
import { isStrangePlace } from './strange-place.ts'

let site: PublishSite
let elsewhere: PublishSite
beforeAll(async () => {
  ;[site, elsewhere] = await Promise.all([PublishSite.open(), PublishSite.open()])
})
afterAll(() => Promise.all([site.close(), elsewhere.close()]))

test('a place without a single known picture is told from the one that they are in', async () => {
  const { images, originals } = site.server.installation.storage
  const { originals: other } = elsewhere.server.installation.storage
  // Nothing is known yet, so nothing can be missing.
  expect(await isStrangePlace(images, other)).toBe(false)
  for (const seed of [1, 2]) {
    await site.post(
      await jpeg(32, 24, seed),
      'image/jpeg',
      `?field=cam1&timestamp=${1_600_000_000_000 + seed}`,
    )
  }
  expect(await isStrangePlace(images, originals)).toBe(false)
  expect(await isStrangePlace(images, other)).toBe(true)
  // One that is lost is another matter.
  const [lost] = await images.list(null, 1)
  await originals.delete(lost?.sha1 ?? '')
  expect(await isStrangePlace(images, originals)).toBe(false)
})
