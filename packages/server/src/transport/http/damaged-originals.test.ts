import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectProblem, PublishSite, sha1 } from '../../testing/publish-site.ts'
import { storageProfiles } from '../../testing/storage-profiles.ts'
import { jpeg } from '../../testing/test-images.ts'

const T = 1_600_000_000_000

/** What may become of an original; null when it is gone. */
const damages: readonly (readonly [string, (bytes: Buffer) => Buffer | null])[] = [
  ['cut short', (bytes) => bytes.subarray(0, 100)],
  ['flipped', (bytes) => Buffer.from(bytes).fill(bytes[200] === 7 ? 8 : 7, 200, 201)],
  ['deleted', () => null],
]

describe.each(storageProfiles)('on $name, an original that was damaged', (profile) => {
  let site: PublishSite
  let published = 0
  beforeAll(async () => {
    site = await PublishSite.open(await profile.prepare())
  })
  afterAll(() => site.close())

  /** Publishes a new picture; gives its bytes, a way to send it again and one to damage it. @param more bytes at its end */
  async function kept(more = 0) {
    const bytes = Buffer.concat([await jpeg(60, 40, (published += 1)), Buffer.alloc(more, 'x')])
    const timestamp = T + published
    const send = () => site.post(bytes, 'image/jpeg', `?field=cam1&timestamp=${timestamp}`)
    expect(await send()).toMatchObject({ status: 201 })
    const { originals } = site.server.installation.storage
    const damage = async (change: (bytes: Buffer) => Buffer | null): Promise<void> => {
      const draft = await originals.create()
      const worse = change(bytes)
      await draft.write(worse ?? Buffer.alloc(0))
      await originals.delete(sha1(bytes))
      if (worse !== null) await draft.commit(sha1(bytes))
      await draft.discard()
    }
    return { bytes, send, damage }
  }

  it.each(damages)('is never served as good: %s', async (_, change) => {
    const { bytes, damage } = await kept()
    await damage(change)
    const answer = await site.get(`images/${sha1(bytes)}?size=original`)
    expect(answer.headers).not.toMatchObject({ 'cache-control': expect.stringContaining('immutable') })
    expectProblem(answer, 'storage-failing')
  })

  it.each(damages)('is never served as good, though ranges of it were: %s', async (_, change) => {
    const { bytes, damage } = await kept(1024 * 1024)
    const part = async () => {
      const response = await fetch(`${site.url}/api/v1/sensors/rpi/images/${sha1(bytes)}?size=original`, {
        headers: { authorization: `Bearer ${site.token}`, range: 'bytes=10-29' },
      })
      return { status: response.status, body: Buffer.from(await response.arrayBuffer()) }
    }
    for (let n = 0; n < 2; n++) expect(await part()).toEqual({ status: 206, body: bytes.subarray(10, 30) })
    await damage(change)
    for (let n = 0; n < 2; n++) {
      const { status, body } = await part()
      expect([status, JSON.parse(body.toString())]).toMatchObject([503, { code: 'storage-failing' }])
    }
    expectProblem(await site.get(`images/${sha1(bytes)}?size=original`), 'storage-failing')
  })

  it.each(damages)('is whole again when it is sent again, with its thumb: %s', async (_, change) => {
    const { bytes, send, damage } = await kept()
    await damage(change)
    const { images, scrub } = site.server.installation.storage
    const isKnown = async () => (await scrub.listDamaged(100)).some((picture) => picture.sha1 === sha1(bytes))
    // The thumb can't be made of it, either.
    expect((await site.get(`images/${sha1(bytes)}?size=thumb`)).headers['content-type']).toBe('image/svg+xml')
    await expect.poll(isKnown).toBe(true)
    await expect.poll(async () => (await images.find([sha1(bytes)])).get(sha1(bytes))?.state).toBe('failed')
    expect(await send()).toMatchObject({ status: 201 })
    const answer = await site.get(`images/${sha1(bytes)}?size=original`)
    expect(answer.body.equals(bytes)).toBe(true)
    expect((await site.get(`images/${sha1(bytes)}?size=thumb`)).headers['content-type']).toBe('image/webp')
    expect(await isKnown()).toBe(false)
  })

  it('is reported once, and counted, with what to do', async () => {
    const { bytes, damage } = await kept()
    await damage(() => null)
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
