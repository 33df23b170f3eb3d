import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { jpeg } from '../../testing/test-images.ts'
import { apiClient, type AskApi } from '../../testing/api-client.ts'
import { TestServer } from '../../testing/test-server.ts'

let server: TestServer
let ask: AskApi
let askStranger: AskApi
let url: string
let key: string

beforeAll(async () => {
  server = await TestServer.start()
  const account = await server.account()
  ask = apiClient(server, account.token)
  askStranger = apiClient(server, (await server.account('stranger@example.org')).token)
  url = await server.listen()
  ;({ key } = await server.sensor('rpi', ['cam1:image'], account.id))
})

afterAll(() => server.stop())

/** Gives the path of what is known of it. */
async function publish(picture: Uint8Array<ArrayBuffer>): Promise<string> {
  const response = await fetch(`${url}/publish/rpi?field=cam1&clock=server`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg' },
    body: picture,
  })
  expect(response.status).toBe(201)
  return `/sensors/rpi/images/${createHash('sha1').update(picture).digest('hex')}/exif`
}

it('the facts that a camera wrote into a picture are given to its owner, and kept by browsers', async () => {
  const picture = await sharp(await jpeg())
    .withExif({ IFD0: { Model: 'imx708' }, IFD2: { ISOSpeedRatings: '100' } })
    .jpeg()
    .toBuffer()
  const path = await publish(new Uint8Array(picture))
  const { status, json, headers } = await ask('GET', path)
  expect({ status, json }).toEqual({ status: 200, json: { camera: 'imx708', iso: 100 } })
  expect(headers['cache-control']).toMatch(/private.*immutable/)
  expect((await askStranger('GET', path)).status).toBe(404)
})

it('a picture cut short by its camera has those that are left, or none', async () => {
  const picture = await jpeg(64, 48, 7)
  const path = await publish(new Uint8Array(picture.subarray(0, picture.length - 40)))
  expect(await ask('GET', path)).toMatchObject({ status: 200, json: {} })
})

it.each(['0'.repeat(40), 'nothing'])('there is nothing to say of the picture %s', async (sha1) => {
  expect((await ask('GET', `/sensors/rpi/images/${sha1}/exif`)).status).toBe(404)
})
