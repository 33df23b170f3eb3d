import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { TestServer } from '../../testing/test-server.ts'

const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

/** A connection on which something was sent that is no whole request yet. */
async function connected(server: TestServer, head = ''): Promise<Socket> {
  const { port } = server.app.server.address() as AddressInfo
  const socket = connect({ port, host: '127.0.0.1' })
  sockets.push(socket)
  const accepted = once(server.app.server, 'connection')
  await once(socket, 'connect')
  await accepted
  socket.on('error', () => {})
  socket.write(head)
  return socket
}

it.each(['', 'GET / HTTP/1.1\r\nHo'])('a server closes though somebody has only sent %j', async (head) => {
  const server = await TestServer.start()
  await server.listen()
  const socket = await connected(server, head)
  const closed = once(socket, 'close')
  await server.stop()
  await closed
  expect(server.app.server.listening).toBe(false)
})

it('a server closes though somebody begins to listen just then', async () => {
  const server = await TestServer.start()
  const { id, token } = await server.account()
  await server.sensor('rpi', ['temp:scalar'], id)
  await server.listen()
  const { sensors } = server.installation.services
  const get = sensors.get.bind(sensors)
  const asked = Promise.withResolvers<null>()
  const goOn = Promise.withResolvers<null>()
  sensors.get = async (...args) => {
    asked.resolve(null)
    await goOn.promise
    return get(...args)
  }
  const socket = await connected(
    server,
    `GET /api/v1/live?sensors=rpi HTTP/1.1\r\nHost: senio\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  )
  let answer = ''
  socket.on('data', (chunk) => {
    answer += String(chunk)
  })
  await asked.promise
  const stopped = server.stop()
  setImmediate(() => goOn.resolve(null))
  await stopped
  expect(answer).toContain('text/event-stream')
})
