import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What came back on a raw connection. */
export interface RawAnswer {
  readonly status: number
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** The parsed body; null when it isn't JSON. */
  readonly json: Readonly<Record<string, unknown>> | null
}

const HEAD_END = '\r\n\r\n'
const HEAD = Buffer.from('HEAD ')

/** A client that writes to the socket whatever it wants, valid HTTP or not. */
export class RawConnection {
  readonly socket: Socket
  #received = Buffer.alloc(0)
  #isClosed = false
  #wake: () => void = () => {}

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk])
      this.#wake()
    })
    // A server may well reset a connection that misbehaves; what matters is what it said before.
    socket.on('error', () => {})
    socket.on('close', () => {
      this.#isClosed = true
      this.#wake()
    })
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url)
    const connection = new RawConnection(connect(Number(port), hostname))
    await once(connection.socket, 'connect')
    return connection
  }

  /** Sends one request and gives its answer; then the connection is closed. */
  static async exchange(url: string, request: string | Buffer): Promise<RawAnswer> {
    const connection = await RawConnection.open(url)
    const bytes = Buffer.from(request as string)
    connection.write(bytes)
    try {
      return await connection.answer(!bytes.subarray(0, 5).equals(HEAD))
    } finally {
      connection.close()
    }
  }

  write(bytes: string | Uint8Array): void {
    if (this.socket.writable) this.socket.write(bytes)
  }

  /**
   * The next answer. Rejects when the connection ends without a whole one.
   * @param hasBody false for answers to HEAD
   */
  async answer(hasBody = true): Promise<RawAnswer> {
    for (;;) {
      const answer = this.#take(hasBody)
      if (answer !== null) return answer
      if (this.#isClosed) {
        throw new Error(`The connection ended; received: ${this.#received.toString('latin1')}`)
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** Resolves when the server has ended the connection. */
  async closed(): Promise<void> {
    if (!this.#isClosed) await once(this.socket, 'close')
  }

  /** Ends the connection without a goodbye. */
  close(): void {
    this.socket.destroy()
  }

  #take(hasBody: boolean): RawAnswer | null {
    const end = this.#received.indexOf(HEAD_END)
    if (end < 0) return null
    const [first = '', ...lines] = this.#received.toString('latin1', 0, end).split('\r\n')
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
      }),
    )
    const start = end + HEAD_END.length
    const length = hasBody ? Number(headers['content-length'] ?? 0) : 0
    if (this.#received.length < start + length) return null
    const body = this.#received.subarray(start, start + length)
    this.#received = this.#received.subarray(start + length)
    return { status: Number(first.split(' ')[1]), headers, body, json: parse(body) }
  }
}

function parse(body: Buffer): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(body.toString('utf8')) as Record<string, unknown>
  } catch {
    return null
  }
}
