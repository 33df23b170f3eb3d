import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from './config/config.ts'
import { present } from './storage/contract/database-under-test.ts'
import { type AskApi, apiClient } from './testing/api-client.ts'
import { createBucket, s3Server } from './testing/ceph/test-bucket.ts'
import { FaultProxy } from './testing/fault-proxy.ts'
import { jpeg } from './testing/test-images.ts'
import { TestServer } from './testing/test-server.ts'

const T = 1_600_000_000_000

const store = await s3Server()

describe.skipIf(store === null)('a server with its pictures in a bucket', () => {
  let server: TestServer
  let proxy: FaultProxy
  let picture: Buffer
  let sha1: string
  let key: string
  let ask: AskApi
  const start = async (more: Readonly<Record<string, unknown>> = {}) => {
    const bucket = await createBucket(present(store))
    const { hostname, port } = bucket.location.endpoint
    proxy = await FaultProxy.start({ host: hostname, port: Number(port) })
    const { bucket: name } = bucket.location
    const flags = {
      blobUrl: `s3://${name}/here?endpoint=http://127.0.0.1:${proxy.port}&region=default`,
      ...more,
    }
    const { accessKey, secretKey } = bucket.credentials
    const { blobUrl, s3AccessKey, s3SecretKey, blobRedirect } = loadConfig(flags, {
      AWS_ACCESS_KEY_ID: accessKey,
      AWS_SECRET_ACCESS_KEY: secretKey,
    })
    server = await TestServer.start({ installation: { blobUrl, s3AccessKey, s3SecretKey, blobRedirect } })
    const { id, token } = await server.account()
    ;({ key } = await server.sensor('rpi', ['temp:scalar', 'cam1:image'], id))
    ask = apiClient(server, token)
    server.installation.startBackgroundWork()
  }
  beforeEach(async () => {
    picture = await jpeg()
    sha1 = createHash('sha1').update(picture).digest('hex')
  })
  afterEach(async () => {
    await server.stop()
    await proxy.close()
  })

  const publish = (t = T) =>
    server.app.inject({
      method: 'POST',
      url: `/publish/rpi?field=cam1&timestamp=${t}`,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg' },
      payload: picture,
    })
  const readiness = () => server.app.inject({ url: '/readyz' })
  const rows = async () => {
    const { json } = await ask<{ measurements: readonly unknown[] }>('GET', '/sensors/rpi/measurements')
    return json.measurements.length
  }

  test('gives back what was published, small and large, whole and in parts', async () => {
    await start()
    expect((await publish()).statusCode).toBe(201)
    expect((await publish()).statusCode).toBe(201)
    expect(await server.files()).toStrictEqual({ originals: 1, drafts: 0 })
    const path = `/sensors/rpi/images/${sha1}`
    const original = await ask('GET', `${path}?size=original`)
    expect(original.bytes.equals(picture)).toBe(true)
    expect((await ask('GET', `${path}?size=thumb`)).headers['content-type']).toBe('image/webp')
    const part = await ask('GET', `${path}?size=original`, undefined, { range: 'bytes=10-29' })
    expect(part.status).toBe(206)
    expect(part.headers['content-range']).toBe(`bytes 10-29/${picture.length}`)
    expect(part.bytes.equals(picture.subarray(10, 30))).toBe(true)
    const continued = async (condition: string) =>
      ask('GET', `${path}?size=original`, undefined, { range: 'bytes=10-29', 'if-range': condition })
    expect((await continued(String(part.headers['etag']))).status).toBe(206)
    expect((await continued('"another"')).bytes.equals(picture)).toBe(true)
    const beyond = await ask('GET', `${path}?size=original`, undefined, { range: `bytes=${picture.length}-` })
    expect(beyond.status).toBe(416)
    expect(beyond.headers['content-range']).toBe(`bytes */${picture.length}`)
    expect(beyond.headers).not.toHaveProperty('etag')
  })

  test('looks every day for uploads that a crash left', async () => {
    await start()
    expect(server.installation.storage.upkeep?.map(({ name }) => name)).toStrictEqual(['abandoned uploads'])
  })

  test('refuses pictures while the bucket is gone, keeps numbers, and goes on by itself', async () => {
    await start()
    await proxy.begin({ kind: 'refuse' })
    const refused = await publish()
    expect(refused.statusCode).toBe(503)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.json()).toMatchObject({ code: 'storage-failing' })
    expect(await rows()).toBe(0)
    await expect
      .poll(async () => (await readiness()).json())
      .toStrictEqual({ status: 'ready', pictures: 'failing' })
    const number = await server.app.inject({
      method: 'POST',
      url: '/publish/rpi',
      headers: { authorization: `Bearer ${key}` },
      payload: { timestamp: T + 1, data: { temp: 21 } },
    })
    expect(number.statusCode).toBe(201)
    await proxy.heal()
    expect(await server.files()).toStrictEqual({ originals: 0, drafts: 0 })
    await expect.poll(async () => (await publish()).statusCode, { timeout: 15_000 }).toBe(201)
    expect(await rows()).toBe(2)
  })

  test('leaves no picture of a measurement that is refused', async () => {
    await start()
    const refused = await server.app.inject({
      method: 'POST',
      url: '/publish/rpi?field=cam1&timestamp=12',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'image/jpeg' },
      payload: picture,
    })
    expect(refused.statusCode).toBe(422)
    expect(await server.files()).toStrictEqual({ originals: 0, drafts: 0 })
  })

  test('lets browsers fetch originals from the bucket when it is told so, by links of its own making', async () => {
    await start({ blobRedirect: '60' })
    await publish()
    const path = `/sensors/rpi/images/${sha1}`
    const redirect = await ask('GET', `${path}?size=original`)
    expect(redirect.status).toBe(302)
    expect(redirect.headers['cache-control']).toBe('no-store')
    expect(redirect.headers['content-security-policy']).toContain(`http://127.0.0.1:${proxy.port}`)
    const link = String(redirect.headers['location'])
    const fetched = await fetch(link)
    expect(fetched.headers.get('content-type')).toBe('image/jpeg')
    expect(Buffer.from(await fetched.arrayBuffer()).equals(picture)).toBe(true)
    const forged = await fetch(link.replace(sha1, 'a'.repeat(40)))
    expect(forged.status).toBe(403)
    expect((await ask('GET', `${path}?size=thumb`)).status).toBe(200)
    const stranger = apiClient(server, (await server.account('eve@example.org')).token)
    expect((await stranger('GET', `${path}?size=original`)).status).toBe(404)
  })
})
