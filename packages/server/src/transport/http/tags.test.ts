import type { ImageListJson, InstantJson, SeriesJson, TagListJson } from '@senio/protocol/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiClient, type AskApi } from '../../testing/api-client.ts'
import { sha1 } from '../../testing/publish-site.ts'
import { jpeg } from '../../testing/test-images.ts'
import { TestServer } from '../../testing/test-server.ts'

const T = 1_600_000_000_000
let server: TestServer
let ask: AskApi
let hashes: readonly string[]

beforeAll(async () => {
  server = await TestServer.start()
  const { id, token } = await server.account()
  ask = apiClient(server, token)
  const { key } = await server.sensor('rpi', ['temp:scalar', 'cam1:image'], id)
  const url = await server.listen()
  const pictures = await Promise.all([1, 2, 3, 4].map((seed) => jpeg(8, 6, seed)))
  hashes = pictures.map(sha1)
  for (const [n, picture] of pictures.entries()) {
    const form = new FormData()
    const tags = n % 2 === 0 ? { run: n, kind: 'night' } : ['day']
    form.set('json', JSON.stringify({ timestamp: T + n, data: { temp: n }, tags }))
    form.set('cam1', new Blob([new Uint8Array(picture)]), 'a.jpg')
    const headers = { authorization: `Bearer ${key}` }
    expect((await fetch(`${url}/publish/rpi`, { method: 'POST', headers, body: form })).status).toBe(201)
  }
  const long = { timestamp: T + 9, data: { temp: 9 }, tags: { ['\u0001'.repeat(256)]: '\u0001'.repeat(256) } }
  const sensor = await server.installation.services.sensors.get(id, 'rpi')
  await server.installation.services.ingest.publishMany(sensor, [long])
})

afterAll(() => server.stop())

async function shown(query: string): Promise<readonly (string | undefined)[]> {
  const { json } = await ask<ImageListJson>('GET', `/sensors/rpi/images?${query}`)
  return json.images.map(({ image }) => image)
}

describe('pictures with a tag', () => {
  it('come in pages', async () => {
    expect(await shown('tag=day')).toEqual([hashes[1], hashes[3]])
    expect(await shown('tag=run:2')).toEqual([hashes[2]])
    expect(await shown('tag=none')).toEqual([])
    const { json } = await ask<ImageListJson>('GET', '/sensors/rpi/images?tag=kind&limit=1')
    expect(json.images[0]?.image).toBe(hashes[0])
    expect(await shown(`tag=kind&limit=1&cursor=${json.next ?? ''}`)).toEqual([hashes[2]])
  })

  it('come evenly spaced', async () => {
    expect(await shown(`tag=day&count=9`)).toEqual([hashes[1], hashes[3]])
    expect(await shown(`tag=day&count=1&from=${T}&to=${T + 4}`)).toEqual([hashes[1]])
  })
})

describe('graph data with a tag', () => {
  const series = async (query: string) => {
    const { json } = await ask<SeriesJson>(
      'GET',
      `/sensors/rpi/series?fields=temp&from=${T}&to=${T + 100}&${query}`,
    )
    return json.fields['temp']
  }

  it('is that of the measurements with it', async () => {
    expect(await series('tag=kind:night')).toEqual({ ...raw, t: [T, T + 2], value: [0, 2] })
    expect(await series('tag=none')).toEqual({ ...raw, t: [], value: [] })
  })

  it('says when it is thinned out', async () => {
    expect(await series('tag=day&points=1')).toEqual({ ...raw, t: [T + 1], value: [1], thinned: true })
  })

  const raw = { type: 'scalar', unit: '', bucket: 0 }
})

describe('the values at an instant with a tag', () => {
  it.each([
    [0, 'day', undefined],
    [1, 'day', 1],
    [2, 'day', 1],
    [100, 'day', 3],
    [100, 'run:0', 0],
    [100, 'none', undefined],
  ])('%i ms on, with %s', async (ms, tag, value) => {
    const { json } = await ask<InstantJson>('GET', `/sensors/rpi/at?t=${T + ms}&tag=${tag}`)
    expect(json.fields['temp']?.value).toBe(value)
    expect(json.fields['cam1']?.value).toBe(value === undefined ? undefined : hashes[value])
  })
})

describe('the newest values with a tag', () => {
  it.each([
    ['day', 3],
    ['run:0', 0],
    ['none', undefined],
  ])('are those of the measurements with it: %s', async (tag, value) => {
    const { json } = await ask<InstantJson>('GET', `/sensors/rpi/latest?tag=${tag}`)
    expect(json.fields['temp']?.value).toBe(value)
    expect(json.fields['cam1']?.value).toBe(value === undefined ? undefined : hashes[value])
  })
})

describe('the list of tags', () => {
  it('has each word once, and can be searched', async () => {
    const { json } = await ask<TagListJson>('GET', '/sensors/rpi/tags?search=N')
    expect(json).toEqual({ tags: ['kind', 'kind:night', 'run', 'run:0', 'run:2'], next: null })
  })

  it('comes in pages, whatever the tags are', async () => {
    const seen: string[] = []
    let path = '/sensors/rpi/tags?limit=1'
    for (let page = 0; page < 20; page++) {
      const { json, status } = await ask<TagListJson>('GET', path)
      expect(status).toBe(200)
      seen.push(...json.tags)
      if (json.next === null) break
      path = `/sensors/rpi/tags?limit=1&cursor=${json.next}`
    }
    expect(seen).toHaveLength(8)
    expect(seen).toEqual([...new Set(seen)].toSorted())
  })

  it('is for the owner alone', async () => {
    const { token } = await server.account('eve@example.org')
    expect((await apiClient(server, token)('GET', '/sensors/rpi/tags')).status).toBe(404)
    expect((await apiClient(server, null)('GET', '/sensors/rpi/tags')).status).toBe(401)
  })
})
