import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestServer } from '../../../testing/test-server.ts'
import { drain } from './drain.ts'

/** More than sockets keep. */
const LENGTH = 16 * 1024 * 1024

let server: TestServer
let url: URL
beforeAll(async () => {
  server = await TestServer.start()
  url = new URL(await server.listen())
})
afterAll(() => server.stop())

const refused = [
  { to: '/publish/rpi', type: 'image/jpeg', status: 403 },
  { to: '/publish/r%70i', type: 'image/jpeg', status: 403 },
  { to: '/api/v1/views', type: 'application/json', status: 401 },
  { to: '/nothing', type: 'text/plain', status: 404 },
]

test.each(refused)(
  'who asks for the connection to be closed can send all of a body that $to refuses',
  async ({ to, type, status }) => {
    const socket = connect(Number(url.port), url.hostname)
    const received: Buffer[] = []
    socket.on('data', (chunk: Buffer) => void received.push(chunk))
    socket.write(
      `POST ${to} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer no\r\n` +
        `Content-Type: ${type}\r\nContent-Length: ${LENGTH}\r\n\r\n`,
    )
    await once(socket, 'data')
    const answer = Buffer.concat(received).toString()
    expect(answer).toContain(`HTTP/1.1 ${status} `)
    expect(answer).toContain('Connection: close')
    // Rejects if the connection is reset.
    socket.on('error', () => {})
    const write = promisify<Buffer, void>((bytes, done) => void socket.write(bytes, done))
    await write(Buffer.alloc(LENGTH, 'x'))
    await once(socket, 'close')
  },
)

test('who sends no more of it is let go', async () => {
  const socket = connect(Number(url.port), url.hostname)
  socket.write(`POST /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${LENGTH}\r\n\r\n`)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(answer.toString()).toContain('HTTP/1.1 404 ')
  await once(socket, 'close')
})

test('what was read in vain is freed at once', async () => {
  const plain = createServer((request, response) => {
    const buffers: ArrayBuffer[] = []
    request.on('data', ({ buffer }: Uint8Array<ArrayBuffer>) => void buffers.push(buffer))
    drain(request)
    request.on('end', () => {
      response.end(
        JSON.stringify({ buffers: buffers.length, kept: buffers.filter((one) => !one.detached).length }),
      )
    })
  }).listen(0, '127.0.0.1')
  await once(plain, 'listening')
  const { port } = plain.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x'.repeat(300_000) })
  const { buffers, kept } = (await response.json()) as { buffers: number; kept: number }
  expect(buffers).toBeGreaterThan(1)
  expect(kept).toBe(0)
  plain.close()
})
