import type { ErrorCode } from '@senio/protocol'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectProblem, PublishSite } from '../../testing/publish-site.ts'
import { RawConnection } from '../../testing/raw-connection.ts'

let site: PublishSite

beforeAll(async () => {
  site = await PublishSite.open({ bodyTimeout: 300 })
})
afterAll(() => site.close())

async function counted(): Promise<Readonly<Record<string, number>>> {
  const { registry } = site.server.installation.services.metrics
  const lines = (await registry.metrics()).match(/^senio_(?:refused|http_answers)_total\{.*$/gm) ?? []
  return Object.fromEntries(
    lines.map((line) => {
      const [, label = '', count] = /\{\w+="(.+)"\} (\d+)$/.exec(line) ?? []
      return [label, Number(count)]
    }),
  )
}

const HEAD = 'POST /publish/rpi HTTP/1.1\r\nHost: senio\r\n'
const CHUNKED = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'

it.each<[string, () => string, ErrorCode]>([
  ['no HTTP', () => 'nonsense\r\n\r\n', 'malformed-request'],
  ['headers that are too large', () => `${HEAD}X: ${'x'.repeat(20_000)}\r\n\r\n`, 'headers-too-large'],
  ['headers that do not end', () => `${HEAD}X: `, 'body-too-slow'],
  [
    'a body that does not end',
    () => `${site.head()}Content-Length: 5\r\n${CHUNKED.slice(0, 32)}\r\n{`,
    'body-too-slow',
  ],
  ['a chunk without a size', () => `${site.head()}${CHUNKED}xyz\r\n`, 'malformed-request'],
  [
    'a broken chunk behind a good one',
    () => `${site.head()}${CHUNKED}1\r\n{\r\nxyz\r\n`,
    'malformed-request',
  ],
  ['an expectation', () => `${HEAD}Expect: more\r\nContent-Length: 2\r\n\r\n{}`, 'expectation-failed'],
  ['a stranger', () => `${HEAD}Content-Length: 2\r\n\r\n{}`, 'key-refused'],
])('%s is answered as every refusal is, and counted once', async (_, request, code) => {
  const before = await counted()
  const connection = await RawConnection.open(site.url)
  connection.write(request())
  const answer = await connection.answer()
  expectProblem(answer, code)
  connection.close()
  const added = async (): Promise<object> => {
    const now = await counted()
    return Object.fromEntries(
      Object.entries(now)
        .map(([label, count]) => [label, count - (before[label] ?? 0)] as const)
        .filter(([, count]) => count > 0),
    )
  }
  await expect.poll(added).toEqual({ [code]: 1, [String(answer.status)]: 1 })
})
