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

  it.each<[string, (file: string) => Promise<void>]>([
    ['cut short', (file) => truncate(file, 100)],
    ['deleted', (file) => rm(file)],
  ])('is whole again when it is sent again: %s', async (_, damage) => {
    const { bytes, send, file } = await kept()
    await damage(file)
    expect(await send()).toMatchObject({ status: 201 })
    const answer = await site.get(`images/${sha1(bytes)}?size=original`)
    expect(answer.body.equals(bytes)).toBe(true)
  })
})
