import { connect, type Socket } from 'node:net'
import { HttpResponseReader } from './http-response.ts'
import type { LoadJob } from './job.ts'
import { PostgresResponseReader, startupMessage } from './postgres-messages.ts'
import type { Answer, ResponseReader } from './response-reader.ts'
import { fillTemplate, type RequestTemplate, type Times } from './template.ts'

/** ms without an answer after which a run fails. */
const SILENCE = 120_000

/** One connection with at most one request under way. */
export class Connection {
  readonly #socket: Socket
  readonly #reader: ResponseReader
  /** A copy of each template to fill: an earlier request was answered, so nothing of it is still being written. */
  readonly #buffers = new Map<RequestTemplate, Buffer>()
  #settle: { onAnswer: (answer: Answer) => void; onError: (error: Error) => void } | null = null
  /** The end of the last answer that was an error, to say what went wrong. */
  #lastChunk: Buffer | null = null

  private constructor(socket: Socket, reader: ResponseReader) {
    this.#socket = socket
    this.#reader = reader
    socket.setNoDelay(true)
    socket.setTimeout(SILENCE, () => this.#fail(new Error(`No answer for ${SILENCE / 1000} s.`)))
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('The connection was closed.')))
  }

  static async open({ protocol, port }: Pick<LoadJob, 'protocol' | 'port'>): Promise<Connection> {
    const socket = connect({ port, host: '127.0.0.1' })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject)
    })
    if (protocol === 'http') return new Connection(socket, new HttpResponseReader())
    const connection = new Connection(socket, new PostgresResponseReader())
    const { user, database } = protocol.postgres
    const answer = await new Promise<Answer>((onAnswer, onError) => {
      connection.#settle = { onAnswer, onError }
      socket.write(startupMessage(user, database))
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
    settle?.onAnswer(answer)
  }

  #fail(error: Error): void {
    const settle = this.#settle
    this.#settle = null
    settle?.onError(error)
  }
}
