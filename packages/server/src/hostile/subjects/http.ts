import { setTimeout as delay } from 'node:timers/promises'
import type { ErrorCode } from '@senio/protocol'
import { expect } from 'vitest'
import type { PublishSite, SiteAnswer } from '../../testing/publish-site.ts'
import { RawConnection } from '../../testing/raw-connection.ts'
import { aMeasurement, type HostileCase, type HostileSubject, type Kept } from '../hostile-case.ts'

const JSON_TYPE = 'Content-Type: application/json\r\n'
const CHUNKED = 'Transfer-Encoding: chunked\r\n'

/** What a request is written from: the beginning with the key, a good body, and the headers that fit it. */
interface Draft {
  readonly head: string
  readonly body: string
  readonly length: string
  readonly chunk: string
}

function raw(
  name: string,
  write: (draft: Draft) => string,
  answer: ErrorCode | number = 'malformed-request',
): HostileCase {
  return {
    name,
    answer,
    send: (site) => site.raw(Buffer.from(write(draftOf(site)), 'latin1')),
    ...(answer === 201 ? { kept: aMeasurement } : {}),
  }
}

function draftOf(site: PublishSite): Draft {
  const body = JSON.stringify({ timestamp: site.nextTime(), data: { temp: 1 } })
  const size = body.length.toString(16)
  return {
    head: site.head(),
    body,
    length: `Content-Length: ${body.length}\r\n`,
    chunk: `${size}\r\n${body}\r\n`,
  }
}

/** Several requests on one connection; the last answer counts. */
function conversation(
  name: string,
  talk: (connection: RawConnection, site: PublishSite) => Promise<SiteAnswer>,
  answer: ErrorCode | number,
  kept: Kept,
): HostileCase {
  return {
    name,
    answer,
    kept,
    async send(site) {
      const connection = await RawConnection.open(site.url)
      try {
        return await talk(connection, site)
      } finally {
        connection.close()
      }
    },
  }
}

function whole({ head, length, body }: Draft): string {
  return `${head}${JSON_TYPE}${length}\r\n${body}`
}

const lengths: readonly HostileCase[] = [
  raw(
    'Content-Length with chunked',
    ({ head, length, chunk }) => `${head}${JSON_TYPE}${length}${CHUNKED}\r\n${chunk}0\r\n\r\n`,
  ),
  raw(
    'chunked with Content-Length',
    ({ head, length, chunk }) => `${head}${JSON_TYPE}${CHUNKED}${length}\r\n${chunk}0\r\n\r\n`,
  ),
  raw(
    'two different lengths',
    ({ head, length, body }) => `${head}${JSON_TYPE}Content-Length: 5\r\n${length}\r\n${body}`,
  ),
  raw(
    'the same length twice',
    ({ head, length, body }) => `${head}${JSON_TYPE}${length}${length}\r\n${body}`,
  ),
  raw('a list of lengths', ({ head }) => `${head}Content-Length: 5, 5\r\n\r\n12345`),
  raw('a negative length', ({ head }) => `${head}Content-Length: -1\r\n\r\n`),
  raw('a length with a plus', ({ head }) => `${head}Content-Length: +5\r\n\r\n12345`),
  raw('a length in hex', ({ head }) => `${head}Content-Length: 0x5\r\n\r\n12345`),
  raw('an empty length', ({ head }) => `${head}Content-Length:\r\n\r\n`),
  raw('a length beyond 64 bits', ({ head }) => `${head}Content-Length: 99999999999999999999\r\n\r\n`),
  raw('a space before the colon', ({ head }) => `${head}Content-Length : 5\r\n\r\n12345`),
]

const encodings: readonly HostileCase[] = [
  ...[
    'gzip, chunked',
    'chunked, identity',
    'identity',
    'xchunked',
    'chunked, chunked',
    '"chunked"',
    'chunked;x=1',
  ].map((encoding) =>
    raw(
      `the transfer encoding ${encoding}`,
      ({ head, chunk }) => `${head}${JSON_TYPE}Transfer-Encoding: ${encoding}\r\n\r\n${chunk}0\r\n\r\n`,
    ),
  ),
  raw(
    'chunked, said twice',
    ({ head, chunk }) => `${head}${JSON_TYPE}${CHUNKED}${CHUNKED}\r\n${chunk}0\r\n\r\n`,
  ),
  raw(
    'chunked, with a vertical tab before it',
    ({ head, chunk }) => `${head}${JSON_TYPE}Transfer-Encoding:\vchunked\r\n\r\n${chunk}0\r\n\r\n`,
  ),
  raw(
    'chunked in HTTP/1.0',
    ({ head, chunk }) => `${head.replace('HTTP/1.1', 'HTTP/1.0')}${JSON_TYPE}${CHUNKED}\r\n${chunk}0\r\n\r\n`,
  ),
  ...(
    [
      ['that is none', 'xyz\r\n'],
      ['that is negative', '-1\r\n'],
      ['with a prefix', '0x5\r\n'],
      ['beyond 64 bits', 'fffffffffffffffff\r\n'],
      ['with a space before it', ' 5\r\n'],
      ['that ends in a bare line feed', '5\n'],
      ['that is empty', '\r\n'],
    ] as const
  ).map(([what, size]) =>
    raw(`a chunk size ${what}`, ({ head }) => `${head}${JSON_TYPE}${CHUNKED}\r\n${size}12345\r\n0\r\n\r\n`),
  ),
  raw(
    'a chunk that is longer than its size',
    ({ head, body }) => `${head}${JSON_TYPE}${CHUNKED}\r\n5\r\n${body}\r\n0\r\n\r\n`,
  ),
  raw(
    'a chunk extension, which is ignored',
    ({ head, chunk }) => `${head}${JSON_TYPE}${CHUNKED}\r\n${chunk.replace('\r\n', ';x=y\r\n')}0\r\n\r\n`,
    201,
  ),
  raw(
    'a chunk extension of 20 KB',
    ({ head, chunk }) =>
      `${head}${JSON_TYPE}${CHUNKED}\r\n${chunk.replace('\r\n', `;${'x'.repeat(20_000)}\r\n`)}0\r\n\r\n`,
    'malformed-request',
  ),
  raw(
    'a chunk for each byte',
    ({ head, body }) =>
      `${head}${JSON_TYPE}${CHUNKED}\r\n${body
        .split('')
        .map((byte) => `1\r\n${byte}\r\n`)
        .join('')}0\r\n\r\n`,
    201,
  ),
  raw(
    'trailers, which are ignored',
    ({ head, chunk }) =>
      `${head}${JSON_TYPE}${CHUNKED}\r\n${chunk}0\r\nAuthorization: Bearer x\r\nContent-Type: text/html\r\n\r\n`,
    201,
  ),
]

const heads: readonly HostileCase[] = [
  raw('two Hosts', (draft) => whole({ ...draft, head: `${draft.head}Host: other\r\n` })),
  raw('no Host', (draft) => whole({ ...draft, head: draft.head.replace('Host: senio\r\n', '') })),
  raw('a NUL in a header', (draft) => whole({ ...draft, head: `${draft.head}X-Bad: a\0b\r\n` })),
  raw('a bare carriage return in a header', (draft) =>
    whole({ ...draft, head: `${draft.head}X-Bad: a\rX: b\r\n` }),
  ),
  raw('a bare line feed in a header', (draft) =>
    whole({ ...draft, head: `${draft.head}X-Bad: a\nX: b\r\n` }),
  ),
  raw('a folded header', (draft) => whole({ ...draft, head: `${draft.head}X-Bad: a\r\n b\r\n` })),
  raw('a header without a name', (draft) => whole({ ...draft, head: `${draft.head}: a\r\n` })),
  raw('a header without a colon', (draft) => whole({ ...draft, head: `${draft.head}nonsense\r\n` })),
  raw('a header name with a space', (draft) => whole({ ...draft, head: `${draft.head}X Bad: a\r\n` })),
  raw('a header name that is not ASCII', (draft) => whole({ ...draft, head: `${draft.head}X-\xe4: a\r\n` })),
  raw(
    '20 KB in one header',
    (draft) => whole({ ...draft, head: `${draft.head}X-Long: ${'x'.repeat(20_000)}\r\n` }),
    'headers-too-large',
  ),
  raw(
    '20 KB in many headers',
    (draft) => whole({ ...draft, head: `${draft.head}${'X-Many: some value\r\n'.repeat(1000)}` }),
    'headers-too-large',
  ),
  raw(
    'an address of 20 KB',
    ({ head }) => `${head.replace('/publish/rpi', `/${'x'.repeat(20_000)}`)}\r\n`,
    'headers-too-large',
  ),
  raw('lines that end in line feeds only', (draft) => whole(draft).replaceAll('\r\n', '\n')),
  raw('HTTP/0.9', () => 'GET /\r\n\r\n'),
  raw('HTTP/2 without asking', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  raw('HTTP/9.9', (draft) => whole(draft).replace('HTTP/1.1', 'HTTP/9.9')),
  raw('TLS', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'),
  raw('a space before the method', (draft) => ` ${whole(draft)}`),
  raw(
    'an upgrade to WebSocket, which is not offered',
    (draft) => whole({ ...draft, head: `${draft.head}Connection: Upgrade\r\nUpgrade: websocket\r\n` }),
    201,
  ),
  raw(
    'an upgrade to HTTP/2, which is not offered',
    (draft) =>
      whole({
        ...draft,
        head: `${draft.head}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n`,
      }),
    201,
  ),
  raw('HTTP/1.0', (draft) => whole(draft).replace('HTTP/1.1', 'HTTP/1.0'), 201),
  raw('an empty line before the request', (draft) => `\r\n${whole(draft)}`, 201),
  raw(
    'the method in another header, which is ignored',
    (draft) => whole({ ...draft, head: `${draft.head}X-HTTP-Method-Override: DELETE\r\n` }),
    201,
  ),
  raw(
    'the address in another header, which is ignored',
    (draft) =>
      whole({ ...draft, head: `${draft.head}X-Original-URL: /publish/x\r\nX-Rewrite-URL: /publish/x\r\n` }),
    201,
  ),
]

const connections: readonly HostileCase[] = [
  conversation(
    'three requests at once, answered in their order',
    async (connection, site) => {
      const drafts = [draftOf(site), draftOf(site), draftOf(site)]
      connection.write(drafts.map(whole).join(''))
      const answers = [
        await connection.answer(),
        await connection.answer(),
        await connection.answer(),
      ] as const
      const { timestamp } = JSON.parse(drafts[2]?.body ?? '') as { timestamp: number }
      expect(answers[2].json).toMatchObject({ timestamp })
      return answers[2]
    },
    201,
    { ...aMeasurement, measurements: 3 },
  ),
  conversation(
    'a request after a refused one',
    async (connection, site) => {
      connection.write(`${site.head()}${JSON_TYPE}Content-Length: 1\r\n\r\n{`)
      expect((await connection.answer()).status).toBe(400)
      connection.write(whole(draftOf(site)))
      return connection.answer()
    },
    201,
    aMeasurement,
  ),
  conversation(
    'a request hidden in the body of one that is refused',
    async (connection, site) => {
      const hidden = whole(draftOf(site))
      connection.write(
        `POST /publish/rpi HTTP/1.1\r\nHost: senio\r\n${JSON_TYPE}Content-Length: ${hidden.length}\r\n\r\n${hidden}`,
      )
      const answer = await connection.answer()
      const second = await Promise.race([connection.answer().catch(() => null), delay(50, null)])
      expect(second).toBeNull()
      return answer
    },
    'key-refused',
    { ...aMeasurement, measurements: 0 },
  ),
  conversation(
    'a request hidden behind two lengths',
    async (connection, site) => {
      const hidden = whole(draftOf(site))
      connection.write(
        `${site.head()}${JSON_TYPE}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
      )
      const answer = await connection.answer()
      await connection.closed()
      return answer
    },
    'malformed-request',
    { ...aMeasurement, measurements: 0 },
  ),
  conversation(
    'a client that waits to be asked for the body',
    async (connection, site) => {
      const { head, length, body } = draftOf(site)
      connection.write(`${head}Expect: 100-continue\r\n${JSON_TYPE}${length}\r\n`)
      expect((await connection.answer()).status).toBe(100)
      connection.write(body)
      return connection.answer()
    },
    201,
    aMeasurement,
  ),
  conversation(
    'an expectation that nobody knows',
    async (connection, site) => {
      const { head, length, body } = draftOf(site)
      connection.write(`${head}Expect: 200-maybe\r\n${JSON_TYPE}${length}\r\n${body}`)
      return connection.answer()
    },
    'expectation-failed',
    { ...aMeasurement, measurements: 0 },
  ),
]

export const http: HostileSubject = {
  title: 'HTTP',
  introduction:
    'What could be read in two ways is refused, so that no proxy and Senio ever disagree on where a request ends.',
  cases: [...lengths, ...encodings, ...heads, ...connections],
}
