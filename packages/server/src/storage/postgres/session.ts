import { SenioError } from '@senio/protocol'
import type { PoolClient, QueryArrayResult, QueryResult } from 'pg'
import { UnknownOutcome } from '../unknown-outcome.ts'
import { isDefinite } from './failures.ts'
import { type Call, Pipeline, type Prepared } from './pipeline.ts'

type Values = readonly unknown[]

/** A row as a list of its columns: quicker than objects where there are many. */
export type Tuple = readonly unknown[]

/** The SQLSTATE of what is no more than a notice. */
const SUCCESS = '00000'

/** A connection in the hands of one caller. Rejects with the driver's own errors: `Connections` translates them. */
export class PostgresSession {
  readonly #client: PoolClient
  /** Whether what is kept of sensors is distributed over several servers by the sensor: see docs/formats/postgres.md. */
  readonly isDistributed: boolean
  #isBroken = false
  #hasAnswered = false
  #warning: Error | null = null
  readonly #onNotice = (notice: {
    readonly code?: string | undefined
    readonly message?: string | undefined
  }): void => {
    // By its code: the name of the severity comes in the server's language.
    if (notice.code !== SUCCESS) this.#warning = new Error(notice.message ?? 'a warning')
  }

  constructor(client: PoolClient, isDistributed: boolean) {
    this.#client = client
    this.isDistributed = isDistributed
    client.on('notice', this.#onNotice)
  }

  /** It must not be used again. */
  get isBroken(): boolean {
    return this.#isBroken
  }

  /** Whether anything was done on it, as far as we know. */
  get hasAnswered(): boolean {
    return this.#hasAnswered
  }

  /** The same object for as long as the connection lasts: what was prepared on it, and what is known of it. */
  get connection(): object {
    return this.#client
  }

  markBroken(): void {
    this.#isBroken = true
  }

  /** To be called by whoever lent it. */
  end(): void {
    this.#client.off('notice', this.#onNotice)
  }

  /** One statement; rows as lists of their columns. */
  async tuples<Row extends Tuple>(sql: string, ...values: Values): Promise<readonly Row[]> {
    const result = await this.#client.query<never>({ text: sql, values: [...values], rowMode: 'array' })
    this.#hasAnswered = true
    return result.rows as readonly unknown[] as readonly Row[]
  }

  /** One statement; rows as objects. `changes` counts rows that it wrote; 0 for a query. */
  async run(
    sql: string,
    values: Values = [],
  ): Promise<{ readonly rows: readonly Record<string, unknown>[]; readonly changes: number }> {
    const result: QueryResult<Record<string, unknown>> = await this.#client.query(sql, [...values])
    this.#hasAnswered = true
    const isWrite = result.command !== 'SELECT'
    return { rows: result.rows, changes: isWrite ? (result.rowCount ?? 0) : 0 }
  }

  /** Statements without parameters, sent as one message: the rows of each. What they hold must be our own numbers. */
  async script(sql: string): Promise<readonly (readonly Tuple[])[]> {
    const result = (await this.#client.query<never>({ text: sql, rowMode: 'array' })) as unknown as
      | QueryArrayResult<unknown[]>
      | readonly QueryArrayResult<unknown[]>[]
    this.#hasAnswered = true
    return (Array.isArray(result) ? result : [result]).map((one: QueryArrayResult<unknown[]>) => one.rows)
  }

  /** Parses statements for `pipeline`, to be done once for a connection. */
  async prepare(statements: readonly Prepared[]): Promise<void> {
    await this.#client.query(Pipeline.preparing(statements)).ended
    this.#hasAnswered = true
  }

  /**
   * Prepared statements as one message and one transaction, durable when it resolves. Must not be called within another.
   * @throws UnknownOutcome when the server did not answer, or could not do all that a commit means
   */
  async pipeline(calls: readonly Call[]): Promise<void> {
    await this.#answered(this.#client.query(Pipeline.of(calls)).ended)
    this.#hasAnswered = true
  }

  /**
   * Commits, after `last` in the same message.
   * @throws UnknownOutcome when the server did not answer, or could not do all that a commit means
   */
  async commit(last = ''): Promise<void> {
    const result = await this.#answered<QueryResult | readonly QueryResult[]>(
      this.#client.query(`${last}COMMIT`),
    )
    const final: QueryResult | undefined = Array.isArray(result) ? result.at(-1) : (result as QueryResult)
    if (final?.command !== 'COMMIT') throw new SenioError('defect', 'A transaction was not committed.')
  }

  /** Ends a transaction that failed; a connection on which that fails, too, is not used again. */
  async rollback(): Promise<void> {
    try {
      await this.#client.query('ROLLBACK')
    } catch {
      this.markBroken()
    }
  }

  /** The answer to what ends with a commit. */
  async #answered<T>(answer: Promise<T>): Promise<T> {
    this.#warning = null
    let result: T
    try {
      result = await answer
    } catch (error) {
      if (isDefinite(error)) throw error
      this.markBroken()
      throw new UnknownOutcome(error)
    }
    // A commit that no longer waits for its standby says so, and succeeds: but a failover would lose it.
    if (this.#warning !== null) throw new UnknownOutcome(this.#warning)
    return result
  }
}
