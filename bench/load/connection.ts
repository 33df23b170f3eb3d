import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { HttpResponseReader } from './http-response.ts'
import type { LoadJob } from './job.ts'
import { PostgresResponseReader, startupMessage } from './postgres-messages.ts'
import type { Answer, ResponseReader } from './response-reader.ts'
import { fillTemplate, type RequestTemplate, type Times } from './template.ts'

/** ms without an answer after which a run fails. */
const SILENCE = 120_000

/** One connection with at most one request under way; or one after another, a new one for each request. */
export class Connection {
  readonly #port: number
  readonly #isRenewed: boolean
  #socket: Socket
  #reader: ResponseReader
  /** A copy of each template to fill: an earlier request was answered, so nothing of it is still being written. */
  readonly #buffers = new Map<RequestTemplate, Buffer>()
  #settle: { onAnswer: (answer: Answer) => void; onError: (error: Error) => void } | null = null
  /** The end of the last answer that was an error, to say what went wrong. */
  #lastChunk: Buffer | null = null

  private constructor(port: number, reader: ResponseReader, isRenewed = false) {
    this.#port = port
    this.#reader = reader
    this.#isRenewed = isRenewed
    this.#socket = this.#connect()
  }

  #connect(): Socket {
    const socket = connect({ port: this.#port, host: '127.0.0.1' })
    const fail = (error: Error): void => {
      // Not of one that was left.
      if (socket === this.#socket) this.#fail(error)
    }
    socket.setNoDelay(true)
    socket.setTimeout(SILENCE, () => fail(new Error(`No answer for ${SILENCE / 1000} s.`)))
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', fail)
    socket.on('close', () => fail(new Error('The connection was closed.')))
    return socket
  }

  static async open({
    protocol,
    port,
    isRenewed,
  }: Pick<LoadJob, 'protocol' | 'port' | 'isRenewed'>): Promise<Connection> {
    const connection =
      protocol === 'http'
        ? new Connection(port, new HttpResponseReader(), isRenewed)
        : new Connection(port, new PostgresResponseReader())
    await once(connection.#socket, 'connect')
    if (protocol === 'http') return connection
    const { user, database } = protocol.postgres
    const answer = await new Promise<Answer>((onAnswer, onError) => {
      connection.#settle = { onAnswer, onError }
      connection.#socket.write(startupMessage(user, database))
    })
    if (answer.status !== 200) throw new Error(`PostgreSQL refused the connection: ${connection.lastText}`)
    return connection
  }

  /** Sends one request; one of the callbacks is called once. Callbacks, since a promise costs a tenth of a run. */
  send(
    request: { readonly template: RequestTemplate; readonly number: number; readonly times: Times },
    onAnswer: (answer: Answer) => void,
    onError: (error: Error) => void,
  ): void {
    this.#settle = { onAnswer, onError }
    const { template, number, times } = request
    let buffer = this.#buffers.get(template)
    if (buffer === undefined) {
      buffer = Buffer.from(template.bytes)
      this.#buffers.set(template, buffer)
    }
    if (template.slots.length > 0) fillTemplate(buffer, template, number, times)
    if (this.#isRenewed) {
      this.#socket.destroy()
      this.#socket = this.#connect()
      this.#reader = new HttpResponseReader()
    }
    this.#socket.write(buffer)
  }

  /** Some of what came last, for the message of an error. */
  get lastText(): string {
    return this.#lastChunk?.toString('utf8').slice(-500) ?? ''
  }

  close(): void {
    this.#settle = null
    this.#socket.destroy()
  }

  #receive(chunk: Buffer): void {
    this.#lastChunk = chunk
    let answer: Answer | null
    try {
      answer = this.#reader.push(chunk)
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)))
      return
    }
    if (answer === null) return
    const settle = this.#settle
    this.#settle = null
    if (this.#isRenewed) this.#socket.destroy()
    settle?.onAnswer(answer)
  }

  #fail(error: Error): void {
    const settle = this.#settle
    this.#settle = null
    settle?.onError(error)
  }
}
