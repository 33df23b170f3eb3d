import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { KEOGRAM_TILE_COLUMNS, KEOGRAM_TILE_HEIGHT, timestampMs } from '@senio/protocol'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AccountId } from '../../storage/account-store.ts'
import { apiClient, type AskApi } from '../../testing/api-client.ts'
import { TestServer } from '../../testing/test-server.ts'

const MS = 1024
const TILE = 6_000_000
/** Where the tile begins: in 2020. */
const START = TILE * MS * KEOGRAM_TILE_COLUMNS

let server: TestServer
let ask: AskApi
let url: string
let owner: AccountId
/** Of each test its own. */
let sensor: string
let key: string
let sensors = 0
let keptBefore = 0

beforeAll(async () => {
  server = await TestServer.start()
  server.installation.startBackgroundWork()
  const account = await server.account()
  owner = account.id
  ask = apiClient(server, account.token)
  url = await server.listen()
})

beforeEach(async () => {
  sensor = `rpi-${++sensors}`
  ;({ key } = await server.sensor(sensor, ['temp:scalar', 'cam1:image', 'cam 2:image'], owner))
  server.now = timestampMs(START + 1e9)
  keptBefore = await countTiles()
})

afterAll(() => server.stop())

/** Publishes a picture of one colour, and waits for its thumb. */
async function publish(
  timestamp: number,
  colour: string,
  { field = 'cam1', tag }: { readonly field?: string; readonly tag?: string } = {},
): Promise<void> {
  const create = { width: 40, height: 30, channels: 3 as const, background: colour }
  // Tells pictures of the same colour apart.
  const picture = await sharp({ create })
    .withExif({ IFD0: { Copyright: `${sensor} ${timestamp}` } })
    .png()
    .toBuffer()
  const form = new FormData()
  form.set('json', JSON.stringify({ timestamp, tags: tag === undefined ? null : [tag] }))
  form.set(field, new Blob([new Uint8Array(picture)]), 'picture.png')
  const headers = { authorization: `Bearer ${key}` }
  const response = await fetch(`${url}/publish/${sensor}`, { method: 'POST', headers, body: form })
  expect(response.status).toBe(201)
  await allThumbs()
}

async function allThumbs(): Promise<void> {
  const { images } = server.installation.storage
  await expect
    .poll(async () => (await images.list(null, 1000)).filter(({ state }) => state === 'pending'), {
      interval: 5,
      timeout: 10_000,
    })
    .toEqual([])
}

const tilePath = (tile = TILE, ms = MS, query = '') =>
  `/sensors/${sensor}/keogram/cam1/${ms}/${tile}.webp${query}`

/** The colour of each column that has one. */
async function columnsOf(bytes: Uint8Array): Promise<Record<number, string>> {
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const columns: Record<number, string> = {}
  for (let x = 0; x < info.width; x++) {
    const seen = new Set<string>()
    for (let y = 0; y < info.height; y++) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray((y * info.width + x) * 4)
      const high = (value: number) => value > 128
      const name = `${high(red) ? 'r' : ''}${high(green) ? 'g' : ''}${high(blue) ? 'b' : ''}`
      seen.add(alpha === 0 ? 'none' : name)
    }
    const colour = [...seen].join(' and ')
    if (colour !== 'none') columns[x] = colour
  }
  return columns
}

async function tileColumns(tile = TILE, ms = MS): Promise<Record<number, string>> {
  const { status, bytes } = await ask('GET', tilePath(tile, ms))
  expect(status).toBe(200)
  return columnsOf(bytes)
}

/** Of this test. */
async function keptTiles(): Promise<number> {
  return (await countTiles()) - keptBefore
}

async function countTiles(): Promise<number> {
  const entries = await readdir(join(server.dataDir, 'keograms'), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).length
}

describe('a tile', () => {
  it('shows in column i the first picture of [start + i × ms, start + (i + 1) × ms)', async () => {
    await publish(START - 0.5, '#fff')
    await publish(START + 10 * MS, '#f00')
    await publish(START + 10 * MS + 500, '#0f0')
    await publish(START + 12 * MS - 0.5, '#00f')
    await publish(START + 256 * MS - 0.5, '#ff0')
    await publish(START + 256 * MS, '#0ff')
    expect(await tileColumns()).toEqual({ 10: 'r', 11: 'b', 255: 'rg' })
    expect(await tileColumns(TILE - 1)).toEqual({ 255: 'rgb' })
    expect(await tileColumns(TILE + 1)).toEqual({ 0: 'gb' })
    expect(await tileColumns(TILE / 2, MS * 2)).toEqual({ 5: 'r', 127: 'rg', 128: 'gb' })
    expect(await tileColumns(TILE * MS, 1)).toEqual({})
    expect(await tileColumns(TILE * MS + 40, 1)).toEqual({ 0: 'r' })
  })

  it('is 256 columns by 240 pixels, private and inert', async () => {
    const { headers, bytes } = await ask('GET', tilePath())
    expect(await sharp(bytes).metadata()).toMatchObject({
      format: 'webp',
      width: KEOGRAM_TILE_COLUMNS,
      height: KEOGRAM_TILE_HEIGHT,
    })
    expect(headers).toMatchObject({
      'content-type': 'image/webp',
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
    })
  })

  it('is kept when it is settled, and asked for again without being sent again', async () => {
    await publish(START, '#f00')
    const first = await ask('GET', tilePath())
    expect(first.headers['cache-control']).toMatch(/^private, max-age=\d{5}/)
    expect(await keptTiles()).toBe(1)
    const etag = String(first.headers['etag'])
    const again = await ask('GET', tilePath(), undefined, { 'if-none-match': `"x", W/${etag}` })
    expect([again.status, again.bytes.length, again.headers['etag']]).toEqual([304, 0, etag])
    expect((await ask('GET', tilePath(TILE, MS, '?column=mean'))).headers['etag']).not.toBe(etag)
  })

  it('changes with pictures that come late and with those that are deleted', async () => {
    await publish(START, '#f00')
    const { headers } = await ask('GET', tilePath())
    const ifChanged = () => ask('GET', tilePath(), undefined, { 'if-none-match': String(headers['etag']) })
    await publish(START + MS, '#0f0')
    const late = await ifChanged()
    expect([late.status, await columnsOf(late.bytes)]).toEqual([200, { 0: 'r', 1: 'g' }])
    await ask('DELETE', `/sensors/${sensor}/measurements?from=${START + MS}&to=${START + 2 * MS}`)
    expect((await ifChanged()).status).toBe(304)
  })

  it('is asked for each time while it grows, and not kept', async () => {
    server.now = timestampMs(START + 5 * MS)
    await publish(START, '#f00')
    const { headers } = await ask('GET', tilePath())
    expect(headers['cache-control']).toBe('private, no-cache')
    expect(await keptTiles()).toBe(0)
  })

  it('is not to be kept while thumbs are lost, and whole when they are back', async () => {
    await publish(START, '#f00')
    await publish(START + MS, '#0f0')
    const { thumbs } = server.installation.storage
    for await (const { ref } of thumbs.list()) await thumbs.delete(ref)
    const torn = await ask('GET', tilePath())
    expect([torn.headers['cache-control'], torn.headers['etag']]).toEqual(['no-store', undefined])
    expect(torn.headers['retry-after']).toBe('2')
    expect(await columnsOf(torn.bytes)).toEqual({})
    await expect.poll(() => tileColumns(), { interval: 20, timeout: 5000 }).toEqual({ 0: 'r', 1: 'g' })
    expect((await ask('GET', tilePath())).headers['retry-after']).toBeUndefined()
  })

  it('shows with a tag only pictures of measurements with it', async () => {
    await publish(START, '#f00', { tag: 'day' })
    await publish(START + 1, '#0f0', { tag: 'night' })
    await publish(START + 2 * MS, '#00f', { tag: 'day' })
    const night = await ask('GET', tilePath(TILE, MS, '?tag=night'))
    expect(await columnsOf(night.bytes)).toEqual({ 0: 'g' })
    expect((await ask('GET', tilePath())).headers['etag']).not.toBe(night.headers['etag'])
    const range = `from=${START}&to=${START + 4 * MS}&width=4`
    const day = await ask('GET', `/sensors/${sensor}/keogram?${range}&tag=day`)
    expect(await columnsOf(day.bytes)).toEqual({ 0: 'r', 2: 'b' })
    const nobody = await ask('GET', tilePath(TILE, MS, '?tag=nobody'))
    expect(await columnsOf(nobody.bytes)).toEqual({})
  })

  it("is nobody else's, and there are none but those of image fields and powers of two", async () => {
    await publish(START, '#f00', { field: 'cam 2' })
    const { token } = await server.account('eve@example.org')
    const other = apiClient(server, token)
    expect(await other('GET', tilePath())).toMatchObject({ status: 404, json: { code: 'not-found' } })
    expect((await other('GET', `/sensors/${sensor}/keogram`)).status).toBe(404)
    expect((await apiClient(server, null)('GET', tilePath())).status).toBe(401)
    const of = (rest: string) => ask('GET', `/sensors/${sensor}/keogram/${rest}`)
    expect(await columnsOf((await of(`cam%202/${MS}/${TILE}.webp`)).bytes)).toEqual({ 0: 'r' })
    for (const path of [
      `temp/${MS}/${TILE}.webp`,
      `none/${MS}/${TILE}.webp`,
      `cam1/1000/${TILE}.webp`,
      `cam1/0/${TILE}.webp`,
      `cam1/1e3/${TILE}.webp`,
      `cam1/${MS}/${TILE}`,
      `cam1/${MS}/${TILE}.png`,
      `cam1/${MS}/-1.webp`,
      `cam1/${MS}/999999999999999.webp`,
      `cam1/${2 ** 40}/0.webp`,
    ]) {
      expect([path, (await of(path)).status]).toEqual([path, 404])
    }
    expect((await of(`cam1/${MS}/${TILE}.webp?column=left`)).status).toBe(422)
  })
})

describe('a keogram of any range', () => {
  it('divides it into as many slots as it is wide', async () => {
    await publish(START, '#f00')
    await publish(START + 499.5, '#0f0')
    await publish(START + 500, '#00f')
    await publish(START + 999, '#ff0')
    const range = `from=${START}&to=${START + 1000}`
    const { bytes, headers } = await ask('GET', `/sensors/${sensor}/keogram?${range}&width=2&height=7`)
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 2, height: 7 })
    expect(headers).toMatchObject({ 'cache-control': 'private, no-cache', etag: expect.any(String) })
    expect(await columnsOf(bytes)).toEqual({ 0: 'r', 1: 'b' })
    const wide = await ask('GET', `/sensors/${sensor}/keogram?${range}&width=2000&height=1`)
    expect(await columnsOf(wide.bytes)).toEqual({ 0: 'r', 999: 'g', 1000: 'b', 1998: 'rg' })
    const whole = await ask('GET', `/sensors/${sensor}/keogram?width=10&height=1`)
    expect(await columnsOf(whole.bytes)).toEqual({ 0: 'r', 4: 'g', 5: 'b', 9: 'rg' })
    expect(await keptTiles()).toBe(0)
  })

  it.each([
    'width=0',
    'width=2049',
    'height=321',
    'from=2&to=1',
    'field=temp',
    'field=none',
    'column=x',
    'x=1',
  ])('is refused with %s', async (query) => {
    expect((await ask('GET', `/sensors/${sensor}/keogram?${query}`)).status).toBe(422)
  })

  it('is transparent where there is nothing', async () => {
    const { bytes } = await ask('GET', `/sensors/${sensor}/keogram?width=3&height=3`)
    expect(await columnsOf(bytes)).toEqual({})
  })
})
