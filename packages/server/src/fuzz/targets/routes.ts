import { accessRules, missing, type Stage } from '../../hostile/access-rules.ts'
import { multipartBody, multipartType } from '../../testing/multipart-body.ts'
import { jpeg } from '../../testing/test-images.ts'
import { TestServer } from '../../testing/test-server.ts'
import type { FuzzTarget } from '../fuzz-target.ts'
import { promise } from '../promise.ts'

const CONTENT_TYPES = ['application/json', 'application/x-ndjson', multipartType, 'image/jpeg']
/** Whatever these are asked, they go on, or end what the others need. */
const LEFT_OUT =
  /\/live|^(?:POST|DELETE) \/api\/v1\/(?:session|accounts|setup)|^PATCH \/api\/v1\/me|^DELETE .*\/sensors\/:name$/

interface Server {
  readonly server: TestServer
  readonly key: string
  readonly token: string
}

/**
 * Whole requests: the first line is method and address, the second picks a content type, the rest is the body.
 * Whatever it is, the answer is not an error of ours.
 */
export function routes(): FuzzTarget {
  let opened: Promise<Server> | null = null
  return {
    name: 'routes',
    modules: ['/packages/server/src/', '/packages/protocol/src/'],
    dictionary: [
      '?',
      '&',
      '=',
      '%00',
      '%ff',
      '%',
      '/',
      'from=',
      'to=',
      'fields=',
      'limit=',
      'cursor=',
      'points=',
      'tag=',
      'count=',
      'field=',
      't=',
      'search=',
      'width=',
      'size=thumb',
      '1e308',
      '-1',
      '0',
      'NaN',
      '1650000000000',
      '9'.repeat(20),
      'temp',
      'cam1',
      'rpi',
      'null',
      '[]',
      '{}',
      '"name":',
      '"panels":',
      '"text":',
      '"from":',
      '"order":',
      '"label":',
      '\\u0000',
      '\\ud800',
      '"',
      ',',
      ':',
      '\n',
      'MTY1',
      'WzEsMl0',
      'eyJhIjoxfQ',
    ],
    async seeds() {
      const stage: Stage = { ...missing, sensor: 'rpi', noteId: 1, viewId: 1, tokenId: 1, keyId: 1 }
      const requests = Object.entries(accessRules)
        .filter(([route]) => !LEFT_OUT.test(route))
        .map(([route, { path, body }]) => {
          const [method = '', url = ''] = route.split(' ')
          return Buffer.from(
            `${method} ${path?.(stage) ?? url}\n0\n${body === undefined ? '' : JSON.stringify(body(stage))}`,
          )
        })
      const measured = '{"timestamp":1650000000000,"data":{"temp":1},"tags":{"a":1}}'
      const form = multipartBody([
        { name: 'json', body: '{"timestamp":1650000000000}' },
        { name: 'cam1', file: 'x', body: await jpeg(8, 8, 1) },
      ])
      return [
        ...requests,
        Buffer.from(`POST /publish/rpi\n1\n${measured}\n${measured}\n`),
        Buffer.concat([Buffer.from('POST /publish/rpi\n2\n'), form]),
        Buffer.concat([
          Buffer.from('POST /publish/rpi?field=cam1&timestamp=1650000000000\n3\n'),
          await jpeg(8, 8, 2),
        ]),
        Buffer.from(
          'GET /api/v1/sensors/rpi/measurements?from=1&to=2&fields=temp&tag=a&limit=5&cursor=MTY1\n0\n',
        ),
        Buffer.from('GET /api/v1/sensors/rpi/images?field=cam1&count=5\n0\n'),
      ]
    },
    async run(input) {
      const { server, key, token } = await (opened ??= open())
      const { method, url, contentType, body } = requestOf(input)
      if (LEFT_OUT.test(`${method} ${url.replace(/(\/sensors\/)[^/?]+(\?.*)?$/, '$1:name')}`)) return
      const response = await server.app.inject({
        method,
        url,
        headers: {
          // There is no web app in tests, which whoever takes anything would be told with 503.
          accept: 'application/json',
          authorization: `Bearer ${url.startsWith('/publish') ? key : token}`,
          ...(body.length === 0 ? {} : { 'content-type': contentType }),
        },
        ...(body.length === 0 ? {} : { payload: body }),
      })
      promise(response.statusCode < 500, `${method} ${url} is answered: ${response.body.slice(0, 300)}`)
    },
    async close() {
      await (await opened)?.server.stop()
    },
  }
}

async function open(): Promise<Server> {
  const server = await TestServer.start()
  const { id, token } = await server.account()
  const { key } = await server.sensor(
    'rpi',
    ['temp:scalar', 'door:boolean', 'place:location', 'cam1:image'],
    id,
  )
  return { server, key, token }
}

function requestOf(input: Uint8Array) {
  const bytes = Buffer.from(input)
  const first = bytes.indexOf('\n')
  const second = bytes.indexOf('\n', first + 1)
  const line = bytes.toString('latin1', 0, Math.max(0, first))
  const [verb = '', ...rest] = line.split(' ')
  const method = (['GET', 'POST', 'PATCH', 'DELETE'] as const).find((name) => name === verb) ?? 'GET'
  // What a parser of HTTP would refuse doesn't come so far.
  const url = `/${rest
    .join('')
    .replaceAll(/[^\x21-\x7e]/g, '')
    .replace(/^\/+/, '')}`
  const picked = Number(bytes.toString('latin1', first + 1, Math.max(first + 1, second))) || 0
  const contentType = CONTENT_TYPES[Math.abs(Math.trunc(picked)) % CONTENT_TYPES.length] ?? 'application/json'
  return { method, url, contentType, body: second < 0 ? Buffer.alloc(0) : bytes.subarray(second + 1) }
}
