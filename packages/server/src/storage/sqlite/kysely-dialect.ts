import type { SQLInputValue } from 'node:sqlite'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { SenioError } from '@senio/protocol'
import type { Reader } from './reader/reader.ts'
import type { SqlResult, SqlStatement } from './run-statement.ts'
import type { Writer } from './writer/writer.ts'

/**
 * Kysely over our threads: selects outside of a transaction go to the reader, everything else to the writer.
 * It doesn't own the threads: whoever made them closes them.
 */
export function sqliteDialect(reader: Reader, writer: Writer): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ThreadDriver(reader, writer),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

class ThreadDriver implements Driver {
  readonly #reader: Reader
  readonly #writer: Writer

  constructor(reader: Reader, writer: Writer) {
    this.#reader = reader
    this.#writer = writer
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new ThreadConnection(this.#reader, this.#writer)
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).begin()
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).end('commit')
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await own(connection).end('rollback')
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

/** Holds the writer only between `begin` and `end`. */
class ThreadConnection implements DatabaseConnection {
  readonly #reader: Reader
  readonly #writer: Writer
  #release: (() => void) | null = null

  constructor(reader: Reader, writer: Writer) {
    this.#reader = reader
    this.#writer = writer
  }

  async begin(): Promise<void> {
    const release = await this.#writer.hold()
    try {
      await this.#writer.run('begin', undefined)
      this.#release = release
    } catch (error) {
      release()
      throw error
    }
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    const release = this.#release
    // Kysely rolls back after a failed commit, which has rolled back by itself.
    if (release === null) return
    this.#release = null
    try {
      await this.#writer.run(how, undefined)
    } finally {
      release()
    }
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const statement: SqlStatement = {
      sql: query.sql,
      parameters: query.parameters as readonly SQLInputValue[],
    }
    const { rows, changes } = await this.#execute(statement, SelectQueryNode.is(query.query))
    return { rows: rows as Row[], numAffectedRows: BigInt(changes) }
  }

  // oxlint-disable-next-line require-yield -- the interface wants a generator, and nothing here streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new SenioError('defect', 'Ordinary tables are read in pages, not as streams.')
  }

  #execute(statement: SqlStatement, isSelect: boolean): Promise<SqlResult> {
    if (this.#release !== null) return this.#writer.run('statement', statement)
    return isSelect ? this.#reader.call('statement', statement) : this.#writer.write(statement)
  }
}

function own(connection: DatabaseConnection): ThreadConnection {
  if (connection instanceof ThreadConnection) return connection
  throw new SenioError('defect', "A connection of another driver can't be used here.")
}
