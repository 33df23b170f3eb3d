import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Connections that do nothing of use: some say nothing at all, some send a request a byte a second. */
export class Bystanders {
  readonly #sockets: Socket[] = []
  readonly #timer: NodeJS.Timeout

  private constructor(sockets: readonly Socket[], slow: readonly Socket[]) {
    this.#sockets.push(...sockets)
    const head = 'POST /publish/greenhouse HTTP/1.1\r\nHost: x\r\nX-Slow: '
    let sent = 0
    this.#timer = setInterval(() => {
      const letter = head[sent++] ?? 'x'
      for (const socket of slow) if (socket.writable) socket.write(letter)
    }, 1000)
  }

  /** As many as the system lets us have. */
  static async gather(port: number, idle: number, slow: number): Promise<Bystanders> {
    const open = async (count: number): Promise<Socket[]> => {
      const sockets: Socket[] = []
      for (let n = 0; n < count; n++) {
        const socket = connect({ port, host: '127.0.0.1' })
        socket.on('error', () => undefined)
        socket.resume()
        sockets.push(socket)
        if (n % 200 === 199) await sleep(20)
      }
      return sockets
    }
    const [idlers, crawlers] = [await open(idle), await open(slow)]
    return new Bystanders([...idlers, ...crawlers], crawlers)
  }

  get connected(): number {
    return this.#sockets.filter(({ readyState }) => readyState === 'open').length
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
    for (const socket of this.#sockets) socket.destroy()
  }
}
