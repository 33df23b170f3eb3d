import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** How many connections there may be, of all servers and sockets that listen; further ones are closed unanswered. */
export class ConnectionLimit {
  readonly #most: number
  readonly #onDrop: () => void
  #open = 0

  constructor(most: number, onDrop: () => void) {
    this.#most = most
    this.#onDrop = onDrop
  }

  /** Idle ones included. */
  get open(): number {
    return this.#open
  }

  watch(server: Server): Server {
    return server.on('connection', (socket: Socket) => {
      this.#open++
      socket.once('close', () => this.#open--)
      if (this.#open <= this.#most) return
      this.#onDrop()
      socket.destroy()
    })
  }
}
