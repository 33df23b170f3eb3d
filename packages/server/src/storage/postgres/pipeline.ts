import type { Connection, Submittable } from 'pg'

/** A statement that a connection keeps parsed, under its name. */
export interface Prepared {
  readonly name: string
  readonly text: string
}

/** A parameter: what isn't bytes in PostgreSQL's binary format is text. */
export type Parameter = Buffer | string

/** A prepared statement with its parameters. */
export type Call = readonly [statement: Prepared, ...parameters: readonly Parameter[]]

/**
 * Statements sent in one message, without waiting in between: one transaction, which is committed when the last of them
 * has succeeded, and of which nothing is left when one fails. What they return is thrown away.
 */
export class Pipeline implements Submittable {
  readonly #send: (connection: Connection) => void
  readonly #ended = Promise.withResolvers<void>()
  /** The driver puts itself in between: it is how it knows that its time-out is not needed any more. */
  callback = (error: Error | null): void => {
    if (error === null) this.#ended.resolve()
    else this.#ended.reject(error)
  }

  private constructor(send: (connection: Connection) => void) {
    this.#send = send
  }

  /** Parses statements, once for a connection. */
  static preparing(statements: readonly Prepared[]): Pipeline {
    return new Pipeline((connection) => {
      for (const { name, text } of statements) connection.parse({ name, text, types: [] }, true)
    })
  }

  static of(calls: readonly Call[]): Pipeline {
    return new Pipeline((connection) => {
      for (const [{ name }, ...values] of calls) {
        connection.bind({ statement: name, values: [...values] }, true)
        connection.execute({}, true)
      }
    })
  }

  /** Settles when the server has done everything, or nothing. */
  get ended(): Promise<void> {
    return this.#ended.promise
  }

  submit(connection: Connection): void {
    connection.stream.cork()
    this.#send(connection)
    connection.sync()
    connection.stream.uncork()
  }

  handleError(error: Error): void {
    this.callback(error)
  }

  handleReadyForQuery(): void {
    this.callback(null)
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
}
