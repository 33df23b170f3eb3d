import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import { SenioError } from '@senio/protocol'

export interface StatementResult {
  readonly rows: readonly unknown[]
  /** How many rows were inserted, updated or deleted. */
  readonly changes: number
}

/** An engine as the ordinary tables use it: one statement or one transaction at a time. */
export interface OrdinaryAccess {
  begin(): Promise<void>
  /** Kysely rolls back after a failed commit, too, which has rolled back by itself: then it does nothing. */
  end(how: 'commit' | 'rollback'): Promise<void>
  /** Within the transaction between `begin` and `end`; otherwise in one of its own. */
  execute(query: CompiledQuery): Promise<StatementResult>
}

/** Kysely's driver over an engine of ours. It doesn't own the engine: whoever opened that closes it. */
export class OrdinaryDriver implements Driver {
  readonly #open: () => OrdinaryAccess

  constructor(open: () => OrdinaryAccess) {
    this.#open = open
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new OrdinaryConnection(this.#open())
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await accessOf(connection).begin()
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await accessOf(connection).end('commit')
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await accessOf(connection).end('rollback')
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

class OrdinaryConnection implements DatabaseConnection {
  readonly access: OrdinaryAccess

  constructor(access: OrdinaryAccess) {
    this.access = access
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes } = await this.access.execute(query)
    return { rows: rows as Row[], numAffectedRows: BigInt(changes) }
  }

  // oxlint-disable-next-line require-yield -- the interface wants a generator, and nothing here streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new SenioError('defect', 'Ordinary tables are read in pages, not as streams.')
  }
}

function accessOf(connection: DatabaseConnection): OrdinaryAccess {
  if (connection instanceof OrdinaryConnection) return connection.access
  throw new SenioError('defect', "A connection of another driver can't be used here.")
}
