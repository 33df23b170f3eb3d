import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the URL of the run's PostgreSQL server, which it starts when first asked; empty without one. */
    readonly postgresBroker: string
  }
}

/** One PostgreSQL server for all test files of a run, started only when one of them wants it. */
export default async function offerPostgres({ provide }: TestProject): Promise<() => Promise<void>> {
  const path = `/${randomUUID()}`
  let started: Promise<PostgresServer | null> | null = null
  const broker = createServer((request, response) => {
    if (request.url !== path) {
      response.writeHead(404).end()
      return
    }
    started ??= startPostgres()
    started.then(
      (server) => response.end(server?.url ?? ''),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve))
  broker.unref()
  const address = broker.address()
  if (typeof address !== 'object' || address === null) throw new Error('The broker has no port.')
  provide('postgresBroker', `http://127.0.0.1:${address.port}${path}`)
  return async () => {
    broker.closeAllConnections()
    broker.close()
    await (await started)?.dispose()
  }
}
