import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { codeOf } from '../contract/database-under-test.ts'
import { abortAbandoned } from './abandoned-uploads.ts'
import { S3Client } from './s3-client.ts'

const NOW = Date.UTC(2026, 0, 2)
const OLD = '2025-12-30T00:00:00.000Z'
const YOUNG = '2026-01-01T01:00:00.000Z'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const key = (digit: string) => `north/originals/${digit.repeat(40)}`
const upload = (of: string, id: string, initiated = OLD) =>
  `<Upload><Key>${of}</Key><UploadId>${id}</UploadId><Initiated>${initiated}</Initiated></Upload>`
const truncated = (of: string, id: string) =>
  `<IsTruncated>true</IsTruncated><NextKeyMarker>${of}</NextKeyMarker><NextUploadIdMarker>${id}</NextUploadIdMarker>`

/** A store that lists these pages one after another, the last one again and again; gives what it was asked. */
async function stub(pages: readonly string[]) {
  const asked: string[] = []
  let listed = 0
  const server = createServer(({ method, url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://store')
    asked.push(`${method} ${pathname} ${[...searchParams].map((pair) => pair.join('=')).join(' ')}`)
    if (method !== 'GET') response.writeHead(204).end()
    else response.end(`<List>${pages[Math.min(listed++, pages.length - 1)]}</List>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const endpoint = new URL(`http://127.0.0.1:${port}`)
  const location = { endpoint, region: 'x', bucket: 'b', prefix: 'north/' }
  const client = new S3Client(location, { accessKey: 'a', secretKey: 's', sessionToken: null })
  closing.push(() => {
    client.close()
    server.close()
  })
  return { client, asked }
}

test('aborts what is older than a day, on every page', async () => {
  const { client, asked } = await stub([
    upload(key('a'), '1') + upload(key('a'), '2', YOUNG) + truncated(key('a'), '2'),
    upload(key('a'), '3') + truncated(key('a'), '3'),
    `${upload(key('b'), '4')}<IsTruncated>false</IsTruncated>`,
  ])
  await abortAbandoned(client, NOW, 2)
  const list = (marker = '') => `GET /b ${marker}max-uploads=2 prefix=north/`
  expect(asked).toStrictEqual([
    `${list()} uploads=`,
    `DELETE /b/${key('a')} uploadId=1`,
    `${list(`key-marker=${key('a')} `)} upload-id-marker=2 uploads=`,
    `DELETE /b/${key('a')} uploadId=3`,
    `${list(`key-marker=${key('a')} `)} upload-id-marker=3 uploads=`,
    `DELETE /b/${key('b')} uploadId=4`,
  ])
})

test.each([
  ['of another prefix in the same bucket', upload(`north/other/${key('a')}`, '1')],
  ['of a file that is no blob', upload('north/backup.tar', '1')],
  ['of which it is not said when it was begun', upload(key('a'), '1', '')],
  ['that has no id', upload(key('a'), '')],
])('leaves an upload alone %s', async (_, page) => {
  const { client, asked } = await stub([page])
  await abortAbandoned(client, NOW, 1000)
  expect(asked).toHaveLength(1)
})

test.each([
  ['the same page', upload(key('a'), '1') + truncated(key('a'), '1')],
  ['an earlier page', upload(key('0'), '1') + truncated(key('0'), '1')],
  ['nothing, and more of it', truncated(key('c'), '1')],
  ['no word about where the next page begins', `${upload(key('b'), '1')}<IsTruncated>true</IsTruncated>`],
])('asks no store for ever that goes on with %s', async (_, page) => {
  const { client, asked } = await stub([upload(key('a'), '1') + truncated(key('a'), '1'), page])
  expect(await codeOf(abortAbandoned(client, NOW, 1000))).toBe('storage-failing')
  expect(asked.filter((one) => one.startsWith('GET'))).toHaveLength(2)
})
