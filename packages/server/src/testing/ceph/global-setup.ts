import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { startCeph } from './ceph-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the run's S3 server, which it starts when first asked, or with why there is none. */
    readonly cephBroker: string
  }
}

/** One S3 server for all test files of a run, started only when one of them wants it. */
export default async function offerCeph({ provide }: TestProject): Promise<() => Promise<void>> {
  const path = `/${randomUUID()}`
  let started: ReturnType<typeof startCeph> | null = null
  const broker = createServer((request, response) => {
    if (request.url !== path) {
      response.writeHead(404).end()
      return
    }
    started ??= startCeph()
    started.then(
      (server) => response.end(JSON.stringify(server)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve))
  broker.unref()
  const address = broker.address()
  if (typeof address !== 'object' || address === null) throw new Error('The broker has no port.')
  provide('cephBroker', `http://127.0.0.1:${address.port}${path}`)
  return async () => {
    broker.closeAllConnections()
    broker.close()
    const server = await started?.catch(() => null)
    if (server !== null && server !== undefined && !('missing' in server)) await server.dispose()
  }
}
