import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { httpTemplate } from './http-request.ts'
import type { LoadJob } from './job.ts'
import { runJob } from './run-job.ts'
import { TemplateBuilder } from './template-builder.ts'

let server: Server
const bodies: string[] = []

async function start(status: number): Promise<LoadJob> {
  bodies.length = 0
  server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      bodies.push(body)
      response.writeHead(status).end('answer')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const body = new TemplateBuilder().time().entry().build()
  return {
    protocol: 'http',
    port: (server.address() as AddressInfo).port,
    connections: 3,
    templates: [httpTemplate({ method: 'POST', path: '/', body })],
    times: { first: 1_700_000_000_000, step: 1 },
    firstNumber: 5,
    limit: { seconds: 10, requests: 20 },
  }
}

afterEach(() => {
  server.close()
})

describe('runJob', () => {
  it('sends each number once, and no more than the limit', async () => {
    const result = await runJob(await start(201))
    const numbers = Array.from({ length: 20 }, (_, index) => String(1_700_000_000_005 + index))
    expect(bodies.toSorted()).toEqual(numbers)
    expect(result).toMatchObject({ requests: 20, measurements: 20, nextNumber: 25, answerBytes: 6 })
  })

  it('sends each request over a connection of its own when it is told to', async () => {
    const job = await start(201)
    let connections = 0
    server.on('connection', () => connections++)
    const result = await runJob({ ...job, isRenewed: true })
    expect(result.requests).toBe(20)
    expect(connections).toBe(3 + 20)
  })

  it('sends each template to one of the ports only when it is told to divide them', async () => {
    const asked = new Map<number, Set<string>>()
    const servers = [0, 1].map((index) =>
      createServer((request, response) => {
        asked.set(index, (asked.get(index) ?? new Set()).add(request.url ?? ''))
        request.resume().on('end', () => response.writeHead(201).end('answer'))
      }).listen(0, '127.0.0.1'),
    )
    await Promise.all(servers.map((one) => once(one, 'listening')))
    const ports = servers.map((one) => (one.address() as AddressInfo).port)
    const templates = ['/0', '/1', '/2', '/3', '/4'].map((path) =>
      httpTemplate({ method: 'POST', path, body: new TemplateBuilder().time().entry().build() }),
    )
    const job = await start(201)
    await runJob({ ...job, connections: 4, port: ports[0] ?? 0, ports, templates, isDivided: true })
    expect(asked.get(0)).toStrictEqual(new Set(['/0', '/2', '/4']))
    expect(asked.get(1)).toStrictEqual(new Set(['/1', '/3']))
    for (const one of servers) one.close()
  })

  it('paces what it sends', async () => {
    const job = await start(201)
    const result = await runJob({ ...job, rate: 10_000 })
    expect(result).toMatchObject({ requests: 20, nextNumber: 25 })
  })

  it('fails with what it was answered', async () => {
    await expect(runJob(await start(503))).rejects.toThrow(/Answered 503: .*answer/s)
  })

  it('fails when nobody listens', async () => {
    const job = await start(201)
    server.close()
    await once(server, 'close')
    await expect(runJob(job)).rejects.toThrow('ECONNREFUSED')
  })
})
