import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The least that a server in Node can do with a measurement: read it, parse it, answer it. Nothing is stored. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { timestamp, data } = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>
    const body = JSON.stringify({ timestamp, data, tags: null })
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    response.end(body)
  })
})

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`)
})
process.on('SIGTERM', () => process.exit(0))
