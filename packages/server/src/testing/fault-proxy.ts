import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What happens to connections while it lasts. Bytes are counted from the beginning of each connection. */
export type Fault =
  /** Nobody listens. Connections that are open are reset. */
  | { readonly kind: 'refuse' }
  /** The connection is reset once so many bytes went up (to the server) or down. */
  | { readonly kind: 'reset'; readonly after: number; readonly way: 'up' | 'down' }
  /** Nothing goes on once so many bytes went up or down, and the connection stays open. */
  | { readonly kind: 'stall'; readonly after: number; readonly way: 'up' | 'down' }
  /** Bytes go up and down no faster than this. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** The byte at this position is changed on its way up. */
  | { readonly kind: 'corrupt'; readonly at: number }
  /** The server isn't asked: this is the answer to the first bytes, and the end of the connection. */
  | { readonly kind: 'answer'; readonly bytes: string }

/** A TCP proxy on loopback that does to connections what networks and dying servers do. */
export class FaultProxy {
  readonly #target: { readonly host: string; readonly port: number }
  readonly #sockets = new Set<Socket>()
  #server: Server
  #port = 0
  #fault: Fault | null = null
  #remaining = Number.POSITIVE_INFINITY
  #connections = 0

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#target = target
    this.#server = this.#makeServer()
  }

  static async start(target: { readonly host: string; readonly port: number }): Promise<FaultProxy> {
    const proxy = new FaultProxy(target)
    await proxy.#listen()
    return proxy
  }

  get port(): number {
    return this.#port
  }

  /** How many connections came so far. */
  get connections(): number {
    return this.#connections
  }

  /**
   * Begins a fault. It holds for connections that come from now on; those that are open are reset, so that no pool
   * keeps a healthy one.
   * @param times for so many connections; later ones are fine
   */
  async begin(fault: Fault, times = Number.POSITIVE_INFINITY): Promise<void> {
    this.#fault = fault
    this.#remaining = times
    this.#resetAll()
    if (fault.kind === 'refuse') await this.#stopListening()
  }

  /** Ends the fault. Connections that it has spoilt are reset. */
  async heal(): Promise<void> {
    const wasRefusing = this.#fault?.kind === 'refuse'
    this.#fault = null
    this.#resetAll()
    if (wasRefusing) await this.#listen()
  }

  async close(): Promise<void> {
    this.#resetAll()
    if (this.#server.listening) await this.#stopListening()
  }

  #makeServer(): Server {
    return createServer({ allowHalfOpen: true }, (client) => this.#accept(client))
  }

  async #listen(): Promise<void> {
    this.#server = this.#makeServer()
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(this.#port, '127.0.0.1', resolve)
    })
    const address = this.#server.address()
    if (typeof address === 'object' && address !== null) this.#port = address.port
  }

  async #stopListening(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #accept(client: Socket): void {
    this.#connections++
    this.#keep(client)
    const fault = this.#remaining > 0 ? this.#fault : null
    this.#remaining--
    if (fault?.kind === 'answer') {
      client.once('data', () => client.end(fault.bytes))
      client.resume()
      return
    }
    const server = connect({ ...this.#target, allowHalfOpen: true })
    this.#keep(server)
    const reset = (): void => {
      client.resetAndDestroy()
      server.resetAndDestroy()
    }
    void forward(client, server, fault, 'up', reset)
    void forward(server, client, fault, 'down', reset)
  }

  #keep(socket: Socket): void {
    socket.setNoDelay(true)
    this.#sockets.add(socket)
    // Both ends may be reset at any time: that is what this is for.
    socket.on('error', () => socket.destroy())
    socket.once('close', () => this.#sockets.delete(socket))
  }

  #resetAll(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }
}

async function forward(
  from: Socket,
  to: Socket,
  fault: Fault | null,
  way: 'up' | 'down',
  reset: () => void,
): Promise<void> {
  let passed = 0
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      const allowed = limitOf(fault, way) - passed
      const passing = changed(allowed < chunk.length ? chunk.subarray(0, allowed) : chunk, passed, fault, way)
      passed += passing.length
      if (fault?.kind === 'slow') await sleep((passing.length / fault.bytesPerSecond) * 1000)
      if (passing.length > 0 && !to.write(passing)) await drained(to)
      if (passed < limitOf(fault, way)) continue
      if (fault?.kind === 'reset') reset()
      // Stalled: until somebody gives up.
      else await new Promise((resolve) => from.once('close', resolve))
      return
    }
    to.end()
  } catch {
    reset()
  }
}

/** After how many bytes something happens. */
function limitOf(fault: Fault | null, way: 'up' | 'down'): number {
  const isLimited = (fault?.kind === 'reset' || fault?.kind === 'stall') && fault.way === way
  return isLimited ? fault.after : Number.POSITIVE_INFINITY
}

/** @param position of the chunk's first byte */
function changed(chunk: Buffer, position: number, fault: Fault | null, way: 'up' | 'down'): Buffer {
  if (fault?.kind !== 'corrupt' || way !== 'up') return chunk
  const index = fault.at - position
  const byte = chunk[index]
  if (byte === undefined) return chunk
  const copy = Buffer.from(chunk)
  copy[index] = byte ^ 1
  return copy
}

async function drained(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.once('drain', resolve)
    socket.once('close', () => resolve())
  })
}
