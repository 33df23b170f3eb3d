import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import { createServer, type Server } from 'node:net'
import { promisify } from 'node:util'
import type { App } from './app.ts'

/**
 * Sockets that listen for the server, and so connections that are accepted in a turn of the event loop: Node accepts one per
 * socket and turn. With a single one, who connects to a busy server waits for as many turns as there are others before it.
 */
const SOCKETS = 64

/**
 * Connections that may wait for a turn on each of them, or as many as the system allows. Who finds no place among them
 * tries again after a second.
 */
const BACKLOG = 511

/** Whether several sockets may listen on one port, and the system spreads connections over them. */
const CAN_SHARE = process.platform === 'linux'

export interface Address {
  readonly port: number
  readonly host: string
}

/** Has an app listen, on more than one socket. To be made before the app is ready. */
export class Acceptors {
  readonly #app: App
  readonly #servers: Server[] = []
  #ended: Promise<unknown> = Promise.resolve()

  constructor(app: App) {
    this.#app = app
    app.addHook('preClose', async () => {
      // Those that were accepted are ended with the app's own.
      this.#ended = Promise.all(this.#servers.map((server) => promisify(server.close.bind(server))()))
    })
  }

  /** @throws Error of Node, such as EADDRINUSE */
  async listen({ port, host }: Address): Promise<void> {
    if (!CAN_SHARE) {
      await this.#app.listen({ port, host, backlog: BACKLOG })
      return
    }
    // A port that is shared isn't refused to another one who shares it.
    if (port !== 0) await requireFree({ port, host })
    // Fastify passes on what it doesn't know.
    const options = { port, host, backlog: BACKLOG, reusePort: true }
    await this.#app.listen(options)
    const address = this.#app.server.address()
    if (address === null || typeof address === 'string') return
    for (let n = 1; n < SOCKETS; n++) {
      const server = acceptor(this.#app.server)
      this.#servers.push(server)
      server.listen({ ...options, port: address.port })
    }
    await Promise.all(this.#servers.map((server) => once(server, 'listening')))
  }

  /** Closes the app, and ends when all connections have ended. */
  async close(): Promise<void> {
    await this.#app.close()
    await this.#ended
  }
}

/** Hands connections on, made as the HTTP server makes its own. */
function acceptor(http: HttpServer): Server {
  return createServer(
    { allowHalfOpen: true, noDelay: true },
    (socket) => void http.emit('connection', socket),
  )
}

async function requireFree({ port, host }: Address): Promise<void> {
  const probe = createServer().listen({ port, host })
  await once(probe, 'listening')
  await promisify(probe.close.bind(probe))()
}
