import { readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, PublishSite, sha1 } from '../../testing/publish-site.ts'
import { jpeg } from '../../testing/test-images.ts'

const T = 1_600_000_000_000
let site: PublishSite
let published = 0

beforeAll(async () => {
  site = await PublishSite.open()
})
afterAll(() => site.close())

/** Publishes a new picture; gives its bytes, a way to send it again and the file that it is kept in. */
async function kept() {
  const bytes = await jpeg(60, 40, (published += 1))
  const timestamp = T + published
  const send = () => site.post(bytes, 'image/jpeg', `?field=cam1&timestamp=${timestamp}`)
  expect(await send()).toMatchObject({ status: 201 })
  const directory = join(site.server.dataDir, 'originals')
  const names = await readdir(directory, { recursive: true })
  const name = names.find((one) => one.endsWith(sha1(bytes)))
  if (name === undefined) throw new Error('The picture has no file.')
  return { bytes, send, file: join(directory, name) }
}

describe('an original that was damaged on the disk', () => {
  it.each<[string, (file: string, bytes: Buffer) => Promise<void>]>([
    ['cut short', (file) => truncate(file, 100)],
    ['flipped', (file, bytes) => writeFile(file, bytes.fill(bytes[200] === 7 ? 8 : 7, 200, 201))],
    ['deleted', (file) => rm(file)],
  ])('is never served as good: %s', async (_, damage) => {
    const { bytes, file } = await kept()
    await damage(file, Buffer.from(bytes))
    const answer = await site.get(`images/${sha1(bytes)}?size=original`)
    expect(answer.headers).not.toMatchObject({ 'cache-control': expect.stringContaining('immutable') })
    expectProblem(answer, 'storage-failing')
  })

  it.each<[string, (file: string, bytes: Buffer) => Promise<void>]>([
    ['cut short', (file) => truncate(file, 100)],
    ['flipped', (file, bytes) => writeFile(file, bytes.fill(bytes[200] === 7 ? 8 : 7, 200, 201))],
    ['deleted', (file) => rm(file)],
  ])('is whole again when it is sent again, with its thumb: %s', async (_, damage) => {
    const { bytes, send, file } = await kept()
    await damage(file, Buffer.from(bytes))
    const { images, scrub } = site.server.installation.storage
    const before = await scrub.countDamaged()
    // The thumb can't be made of it, either.
    expect((await site.get(`images/${sha1(bytes)}?size=thumb`)).headers['content-type']).toBe('image/svg+xml')
    await expect.poll(() => scrub.countDamaged()).toBe(before + 1)
    await expect.poll(async () => (await images.find([sha1(bytes)])).get(sha1(bytes))?.state).toBe('failed')
    expect(await send()).toMatchObject({ status: 201 })
    const answer = await site.get(`images/${sha1(bytes)}?size=original`)
    expect(answer.body.equals(bytes)).toBe(true)
    expect((await site.get(`images/${sha1(bytes)}?size=thumb`)).headers['content-type']).toBe('image/webp')
    expect(await scrub.countDamaged()).toBe(before)
  })

  it('is reported once, and counted, with what to do', async () => {
    const { bytes, file } = await kept()
    await rm(file)
    const of = () => site.server.reported.filter((error) => String(error).includes(sha1(bytes)))
    await site.get(`images/${sha1(bytes)}?size=original`)
    await expect.poll(of).toHaveLength(1)
    await site.get(`images/${sha1(bytes)}?size=original`)
    expect(of()).toHaveLength(1)
    expect(String(of()[0])).toMatch(/--pictures-only.*publish the same picture again/)
    const metrics = await site.server.app.inject('/metrics')
    expect(metrics.body).toMatch(/^senio_damaged_pictures [1-9]/m)
  })
})
