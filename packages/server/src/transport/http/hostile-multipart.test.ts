import { readdir } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { ErrorCode } from '@senio/protocol'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { multipartBody, multipartType, type TestPart } from '../../testing/multipart-body.ts'
import { expectProblem, PublishSite, sha1 } from '../../testing/publish-site.ts'
import { RawConnection } from '../../testing/raw-connection.ts'
import { jpeg } from '../../testing/test-images.ts'

const BOUNDARY = 'senio-test-boundary'
let t = 1_600_000_000_000
let site: PublishSite
let picture: Buffer

beforeAll(async () => {
  site = await PublishSite.open()
  picture = await jpeg(64, 48, 3)
})
afterAll(() => site.close())

const jsonPart = (json: object = { timestamp: ++t }): TestPart => ({
  name: 'json',
  body: JSON.stringify(json),
})
const cam1 = (): TestPart => ({ name: 'cam1', file: 'x.jpg', body: picture })

/** A form whose picture has these lines as its part's headers. */
function formWithHead(head: string | Buffer): Buffer {
  const json = multipartBody([jsonPart()])
  return Buffer.concat([
    json.subarray(0, json.length - `--${BOUNDARY}--\r\n`.length),
    Buffer.from(`--${BOUNDARY}\r\n`),
    Buffer.from(head as string),
    Buffer.from('\r\n\r\n'),
    picture,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ])
}

describe('a form', () => {
  it.each<[string, string, () => Buffer, ErrorCode]>([
    [
      'without a boundary in its type',
      'multipart/form-data',
      () => multipartBody([jsonPart(), cam1()]),
      'malformed-multipart',
    ],
    [
      'with an empty boundary',
      'multipart/form-data; boundary=',
      () => multipartBody([jsonPart()]),
      'malformed-multipart',
    ],
    [
      'with a boundary of 200 characters',
      `multipart/form-data; boundary=${'b'.repeat(200)}`,
      () => Buffer.from(`--${'b'.repeat(200)}--\r\n`),
      'malformed-multipart',
    ],
    [
      'without its final boundary',
      multipartType,
      () => multipartBody([jsonPart(), cam1()]).subarray(0, -`--${BOUNDARY}--\r\n`.length),
      'malformed-multipart',
    ],
    [
      'cut inside a file',
      multipartType,
      () => multipartBody([jsonPart(), cam1()]).subarray(0, -picture.length / 2),
      'malformed-multipart',
    ],
    [
      'with a second form behind it',
      multipartType,
      () => Buffer.concat([multipartBody([jsonPart(), cam1()]), multipartBody([jsonPart()])]),
      'malformed-multipart',
    ],
    [
      'with a part without a name',
      multipartType,
      () => formWithHead('Content-Disposition: form-data; filename="x"'),
      'malformed-multipart',
    ],
    [
      'with a part without disposition',
      multipartType,
      () => formWithHead('Content-Type: image/jpeg'),
      'malformed-multipart',
    ],
    [
      'with a part header of 200 KB',
      multipartType,
      () =>
        formWithHead(
          `Content-Disposition: form-data; name="cam1"; filename="x"\r\nX-Long: ${'x'.repeat(200_000)}`,
        ),
      'malformed-multipart',
    ],
    [
      'with a part in base64',
      multipartType,
      () =>
        formWithHead(
          'Content-Disposition: form-data; name="cam1"; filename="x"\r\nContent-Transfer-Encoding: base64',
        ),
      'malformed-multipart',
    ],
    [
      'with 5,000 parts',
      multipartType,
      () =>
        multipartBody([
          jsonPart(),
          ...Array.from({ length: 5000 }, (_, i) => ({ name: `p${i}`, body: 'x' })),
        ]),
      'too-many-parts',
    ],
    [
      'with 5,000 pictures for one field',
      multipartType,
      () => multipartBody([jsonPart(), ...Array.from({ length: 5000 }, cam1)]),
      'too-many-parts',
    ],
    [
      'with a picture as json',
      multipartType,
      () => multipartBody([{ ...cam1(), name: 'json' }]),
      'invalid-utf8',
    ],
    [
      'with a json part of 2 MB',
      multipartType,
      () => multipartBody([{ name: 'json', body: `{"timestamp":1${'0'.repeat(2_000_000)}}` }]),
      'body-too-large',
    ],
    [
      'with __proto__ as a part',
      multipartType,
      () => multipartBody([jsonPart(), { ...cam1(), name: '__proto__' }]),
      'unknown-field',
    ],
    [
      'with a list as json',
      multipartType,
      () => multipartBody([{ name: 'json', body: `[{"timestamp":${++t}}]` }, cam1()]),
      'measurement-invalid',
    ],
    [
      'with a good picture and a bad json part behind it',
      multipartType,
      () => multipartBody([cam1(), { name: 'json', body: '{"timestamp":1}' }]),
      'timestamp-in-seconds',
    ],
    [
      'with a good picture before a bad one',
      multipartType,
      () => multipartBody([jsonPart(), cam1(), { name: 'cam2', file: 'x.jpg', body: '<html></html>' }]),
      'unsupported-image',
    ],
  ])('%s is refused', async (_, type, body, code) => {
    await site.expectHarmless(async () => expectProblem(await site.post(body(), type), code))
  })

  it.each<[string, string | Buffer]>([
    ['a path', 'filename="../../etc/passwd"'],
    ['an absolute path', 'filename="/etc/passwd"'],
    ['a Windows path', String.raw`filename="C:\Windows\system32\x.jpg"`],
    ['a NUL', 'filename="a\0.jpg"'],
    ['line breaks', 'filename="a\r\nX-Injected: yes\r\n.jpg"'],
    ['4 KB', `filename="${'x'.repeat(4096)}"`],
    ['filename*', "filename*=UTF-8''..%2f..%2fetc%2fpasswd"],
    ['both, at odds', `filename="a.jpg"; filename*=UTF-8''b%00.html`],
    ['nothing', 'filename=""'],
    ['no valid UTF-8', Buffer.from('filename="\xff\xfe"', 'latin1')],
    ['a script', 'filename="<img src=x onerror=alert(1)>.svg"'],
  ])('takes a picture whose file name holds %s, and ignores it', async (_, filename) => {
    const head = Buffer.concat([
      Buffer.from('Content-Disposition: form-data; name="cam1"; '),
      Buffer.from(filename as string),
      Buffer.from('\r\nContent-Type: image/jpeg'),
    ])
    const answer = await site.post(formWithHead(head), multipartType)
    expect(answer).toMatchObject({ status: 201, json: { data: { cam1: sha1(picture) } } })
    const hash = sha1(picture)
    const names = await readdir(site.server.dataDir, { recursive: true })
    const outside = names.filter((name) => /passwd|Windows|\.jpg|\.svg|\.html/.test(name))
    expect(outside).toEqual([])
    expect(names).toContain(`originals/${hash.slice(0, 2)}/${hash}`)
    expect(await site.server.files()).toEqual({ originals: 1, drafts: 0 })
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

/** Bytes of buffers that something still refers to. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().arrayBuffers
}
