import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { multipartBody, multipartType } from '../testing/multipart-body.ts'
import { expectProblem, PublishSite, sha1 } from '../testing/publish-site.ts'
import { RawConnection } from '../testing/raw-connection.ts'
import { storageProfiles } from '../testing/storage-profiles.ts'
import { jpeg } from '../testing/test-images.ts'
import { memoryInUse } from './memory-in-use.ts'

const T = 1_600_000_000_000
const GOOD = `{"timestamp":${T},"data":{"temp":1}}`
let site: PublishSite
let picture: Buffer

const json = (body: string | Buffer): string =>
  `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`

describe.each(storageProfiles)('$name', (profile) => {
  beforeAll(async () => {
    site = await PublishSite.open(await profile.prepare())
    picture = await jpeg(64, 48, 7)
  })
  afterAll(() => site.close())

  describe('a connection', () => {
    it('may be one of 2,000 idle ones', { timeout: 60_000 }, async () => {
      const idle: RawConnection[] = []
      for (let i = 0; i < 20; i++) {
        idle.push(...(await Promise.all(Array.from({ length: 100 }, () => RawConnection.open(site.url)))))
      }
      expect(await site.takesGood()).toBe(true)
      for (const connection of idle) connection.close()
    })
  })

  describe('connections beyond the limit', () => {
    it('are closed unanswered and counted, until others have gone', async () => {
      const full = await PublishSite.open({ ...(await profile.prepare()), maxConnections: 3 })
      const { metrics } = full.server.installation.services
      const idle = await Promise.all(Array.from({ length: 3 }, () => RawConnection.open(full.url)))
      try {
        const further = await RawConnection.open(full.url)
        await further.closed()
        expect(await metrics.registry.metrics()).toMatch(/^senio_connections_dropped_total 1$/m)
        expect(await metrics.registry.metrics()).toMatch(/^senio_connections 3$/m)
        idle.pop()?.close()
        await expect.poll(() => full.takesGood().catch(() => false)).toBe(true)
      } finally {
        for (const connection of idle) connection.close()
        await full.close()
      }
    })
  })

  describe('a client that is gone', () => {
    const forms = {
      JSON: () => [json(GOOD), GOOD] as const,
      'a raw picture': () =>
        [`Content-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`, picture] as const,
      multipart: () => {
        const body = multipartBody([
          { name: 'json', body: JSON.stringify({ timestamp: T + 10 }) },
          { name: 'cam1', file: 'x', body: picture },
        ])
        return [`Content-Type: ${multipartType}\r\nContent-Length: ${body.length}\r\n\r\n`, body] as const
      },
      'a chunked picture': () =>
        [
          'Content-Type: image/jpeg\r\nTransfer-Encoding: chunked\r\n\r\n',
          Buffer.concat([Buffer.from(`${picture.length.toString(16)}\r\n`), picture]),
        ] as const,
    }

    it.each(Object.entries(forms))('in the middle of %s leaves nothing behind', async (_, form) => {
      await site.expectHarmless(async () => {
        const [headers, body] = form()
        for (const part of [0, 0.3, 0.9]) {
          const connection = await RawConnection.open(site.url)
          connection.write(`${site.head('?field=cam1&timestamp=1600000000010')}${headers}`)
          connection.write(Buffer.from(body).subarray(0, Math.floor(body.length * part)))
          await delay(20)
          connection.close()
        }
      })
    })

    it('before the answer had its measurement kept or not, and a retry keeps it once', async () => {
      const [headers, body] = forms.multipart()
      for (const wait of [0, 1, 3, 10]) {
        const connection = await RawConnection.open(site.url)
        connection.write(Buffer.concat([Buffer.from(`${site.head()}${headers}`), body]))
        await delay(wait)
        connection.close()
      }
      const retried = await site.raw(Buffer.concat([Buffer.from(`${site.head()}${headers}`), body]))
      expect(retried).toMatchObject({ status: 201, json: { data: { cam1: sha1(picture) } } })
      const images = await site.get(`images?field=cam1&from=${T + 10}&to=${T + 11}`)
      expect(images.json).toMatchObject({ images: [{ image: sha1(picture) }] })
      expect((await site.server.files()).drafts).toBe(0)
    })
  })

  describe('a client that is slow', () => {
    const timeout = 800
    let slow: PublishSite
    beforeAll(async () => {
      slow = await PublishSite.open({ ...(await profile.prepare()), bodyTimeout: timeout })
    })
    afterAll(() => slow.close())

    const rest = (method: string, path: string, headers: string): string =>
      `${method} /api/v1/${path} HTTP/1.1\r\nHost: senio\r\nContent-Type: application/json\r\n${headers}\r\n\r\n{"x":"`

    /** Sends a byte now and then, until the connection is closed. */
    async function drip(connection: RawConnection, text: string): Promise<void> {
      for (const byte of text) {
        if (connection.socket.destroyed) return
        connection.write(byte)
        await delay(40)
      }
    }

    it.each<[string, () => string]>([
      ['with its headers', () => 'POST /publish/rpi HTTP/1.1\r\nHost: senio\r\nX-Slow: '],
      ['with JSON', () => `${slow.head()}Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n`],
      [
        'with a picture',
        () =>
          `${slow.head('?field=cam1&timestamp=1600000000000')}Content-Type: image/jpeg\r\nContent-Length: 5000\r\n\r\n` +
          picture.toString('latin1', 0, 20),
      ],
      [
        'with a form',
        () =>
          `${slow.head()}Content-Type: ${multipartType}\r\nContent-Length: 5000\r\n\r\n` +
          '--senio-test-boundary\r\nContent-Disposition: form-data; name="cam1"; filename="x"\r\n\r\n',
      ],
      ['to sign in', () => rest('POST', 'session', 'Content-Length: 5000')],
      ['to set up', () => rest('POST', 'setup', 'Content-Length: 5000')],
      [
        'with a new sensor',
        () => rest('POST', 'sensors', `Authorization: Bearer ${slow.token}\r\nContent-Length: 5000`),
      ],
      [
        'with a note',
        () =>
          rest('POST', 'sensors/rpi/notes', `Authorization: Bearer ${slow.token}\r\nContent-Length: 5000`),
      ],
      [
        'with a change',
        () => rest('PATCH', 'sensors/rpi', `Authorization: Bearer ${slow.token}\r\nContent-Length: 5000`),
      ],
      [
        'with a deletion that has a body',
        () => rest('DELETE', 'session', `Authorization: Bearer ${slow.token}\r\nContent-Length: 5000`),
      ],
    ])('%s is given up, while others go on', async (_, start) => {
      await slow.expectHarmless(async () => {
        const dripping = await RawConnection.open(slow.url)
        const stalled = await RawConnection.open(slow.url)
        dripping.write(Buffer.from(start(), 'latin1'))
        stalled.write(Buffer.from(start(), 'latin1'))
        void drip(dripping, 'x'.repeat(200))
        try {
          const answers = Promise.all([dripping.answer(), stalled.answer()])
          expect(await slow.takesGood()).toBe(true)
          for (const answer of await answers) expectProblem(answer, 'body-too-slow')
          // It is hung up on, even if it goes on dripping.
          await Promise.all([dripping.closed(), stalled.closed()])
        } finally {
          dripping.close()
          stalled.close()
        }
      })
    })
  })

  describe('a large picture', () => {
    it('of 20 MiB passes by without being held in memory', async () => {
      const limit = 20 * 1024 * 1024
      const chunk = Buffer.alloc(256 * 1024, 0x5a)
      const start = Buffer.from(
        `${site.head('?field=cam1&timestamp=1600000500000')}Content-Type: image/jpeg\r\nContent-Length: ${limit}\r\n\r\n`,
      )
      const connection = await RawConnection.open(site.url)
      const write = (bytes: Buffer): Promise<void> =>
        new Promise((resolve) => {
          connection.socket.write(bytes, () => resolve())
        })
      const before = memoryInUse()
      await write(start)
      await write(picture)
      for (let sent = picture.length; sent < limit - 1; sent += chunk.length) {
        await write(chunk.subarray(0, Math.min(chunk.length, limit - 1 - sent)))
      }
      await vi.waitUntil(async () => (await site.server.files()).drafts === 1)
      // What the disk still has to take is soon gone; what is held stays until the last byte has come.
      await expect.poll(() => memoryInUse() - before, { timeout: 10_000 }).toBeLessThan(2 * 1024 * 1024)
      await write(chunk.subarray(0, 1))
      expect((await connection.answer()).status).toBe(201)
      connection.close()
    })
  })
})
