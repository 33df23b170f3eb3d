import { afterAll, beforeAll, expect, test } from 'vitest'
import { multipartBody, multipartType } from '../../testing/multipart-body.ts'
import { RawConnection } from '../../testing/raw-connection.ts'
import { TestServer } from '../../testing/test-server.ts'

let server: TestServer
let url: string
let key: string
beforeAll(async () => {
  server = await TestServer.start()
  url = await server.listen()
  key = (await server.sensor('rpi', ['temp:scalar:celsius', 'tür:boolean', 'cam:image'])).key
})
afterAll(() => server.stop())

const at = 1_699_999_000_000

/** Over a socket plain requests are answered before routing; injected ones go the whole way. */
const requests: readonly {
  readonly name: string
  readonly body: string
  readonly path?: string
  readonly key?: string
  /** JSON if absent. */
  readonly type?: string
}[] = [
  {
    name: 'a measurement',
    body: `{"timestamp":${at}.25,"data":{"temp":21.5,"tür":true},"tags":{"site":"höhe"}}`,
  },
  {
    name: 'a list',
    body: `[{"timestamp":${at},"data":{"temp":1}},{"timestamp":${at + 1},"data":{"temp":2}}]`,
  },
  {
    name: 'a device without a clock',
    body: '{"timestamp":1,"data":{"temp":1}}',
    path: '/publish/rpi?clock=never',
  },
  { name: 'an unknown field', body: `{"timestamp":${at},"data":{"pressure":1}}` },
  { name: 'broken JSON', body: '{"timestamp":' },
  { name: 'no body', body: '' },
  { name: 'a wrong key', body: '{}', key: '00000000-0000-4000-8000-000000000000' },
  { name: 'another sensor', body: '{}', path: '/publish/other' },
  { name: 'dots for a name', body: '{}', path: '/publish/...' },
  {
    name: 'a form',
    body: multipartBody([{ name: 'json', body: `{"timestamp":${at + 2},"data":{"temp":1}}` }]).toString(),
    type: multipartType,
  },
  { name: 'a broken form', body: '--no', type: multipartType },
  { name: 'no picture', body: 'no', path: `/publish/rpi?field=cam&timestamp=${at}`, type: 'image/jpeg' },
  { name: 'a type that is not known', body: 'temp=1', type: 'application/x-www-form-urlencoded' },
]

test.each(requests)('$name gets the same answer whichever way it goes', async (request) => {
  const { body, path = '/publish/rpi', type = 'application/json' } = request
  const headers = { 'content-type': type, authorization: `Bearer ${request.key ?? key}` }
  const plain = await fetch(`${url}${path}`, { method: 'POST', headers, body })
  const routed = await server.app.inject({ method: 'POST', url: path, headers, payload: body })
  expect(await plain.text()).toBe(routed.body)
  expect(plain.status).toBe(routed.statusCode)
  for (const header of ['content-type', 'content-length', 'x-content-type-options', 'cache-control']) {
    expect(plain.headers.get(header)).toBe(routed.headers[header]?.toString() ?? null)
  }
})

test('answers given before routing are counted', async () => {
  const count = async (): Promise<number> => {
    const text = await server.installation.services.metrics.registry.metrics()
    return Number(/^senio_http_answers_total\{status="201"\} (\d+)$/m.exec(text)?.[1] ?? 0)
  }
  const before = await count()
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
  const body = `{"timestamp":${at},"data":{"temp":3}}`
  expect((await fetch(`${url}/publish/rpi`, { method: 'POST', headers, body })).status).toBe(201)
  await expect.poll(count).toBe(before + 1)
})

test('what is sent after a form’s end is read, and the connection goes on', async () => {
  const connection = await RawConnection.open(url)
  const form = multipartBody([{ name: 'json', body: `{"timestamp":${at + 3},"data":{"temp":1}}` }])
  const head = (length: number) =>
    `POST /publish/rpi HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\n` +
    `Content-Type: ${multipartType}\r\nContent-Length: ${length}\r\n\r\n`
  const rest = 4 * 1024 * 1024
  connection.write(head(form.length + rest))
  connection.write(form)
  connection.write(Buffer.alloc(rest, 'x'))
  const first = await connection.answer()
  connection.write(head(form.length))
  connection.write(form)
  const second = await connection.answer()
  connection.close()
  expect([first.status, second.status]).toStrictEqual([400, 201])
})
