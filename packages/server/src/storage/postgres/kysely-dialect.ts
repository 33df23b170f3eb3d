import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SelectQueryNode,
} from 'kysely'
import { SenioError } from '@senio/protocol'
import type { Connections } from './connections.ts'
import { toSenioError } from './failures.ts'
import { Lock, lockSql } from './locks.ts'
import type { PostgresSession } from './session.ts'

/**
 * Kysely over our connections. Whatever writes ordinary tables does so one after another on all nodes, which is
 * what makes their transactions serialisable: they are rare and short.
 *
 * @param onWrite called when something was written, or may have been
 */
export function postgresDialect(connections: Connections, onWrite: () => void): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PostgresDriver(connections, onWrite),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

class PostgresDriver implements Driver {
  readonly #connections: Connections
  readonly #onWrite: () => void

  constructor(connections: Connections, onWrite: () => void) {
    this.#connections = connections
    this.#onWrite = onWrite
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new OrdinaryConnection(this.#connections, this.#onWrite)
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

interface OpenTransaction {
  readonly session: PostgresSession
  readonly finish: (how: 'commit' | 'rollback') => void
  /** Settles when it has ended, as it ended. */
  readonly ended: Promise<void>
}

const BEGIN = `BEGIN; ${lockSql(Lock.registry)}`

/** Holds a connection only between `begin` and `end`. */
class OrdinaryConnection implements DatabaseConnection {
  readonly #connections: Connections
  readonly #onWrite: () => void
  #open: OpenTransaction | null = null

  constructor(connections: Connections, onWrite: () => void) {
    this.#connections = connections
    this.#onWrite = onWrite
  }

  async begin(): Promise<void> {
    const begun = Promise.withResolvers<PostgresSession>()
    const finish = Promise.withResolvers<'commit' | 'rollback'>()
    const ended = this.#connections.use(async (session) => {
      try {
        await session.script(BEGIN)
        begun.resolve(session)
        if ((await finish.promise) === 'commit') return await session.commit()
      } catch (error) {
        await session.rollback()
        throw error
      }
      await session.rollback()
    })
    ended.catch(begun.reject)
    this.#open = { session: await begun.promise, finish: finish.resolve, ended }
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    const open = this.#open
    // Kysely rolls back after a failed commit, which has rolled back by itself.
    if (open === null) return
    this.#open = null
    open.finish(how)
    try {
      await open.ended
    } finally {
      this.#onWrite()
    }
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes } = await this.#execute(query)
    return { rows: rows as Row[], numAffectedRows: BigInt(changes) }
  }

  // oxlint-disable-next-line require-yield -- the interface wants a generator, and nothing here streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new SenioError('defect', 'Ordinary tables are read in pages, not as streams.')
  }

  async #execute({ sql, parameters: given, query }: CompiledQuery) {
    const parameters = given.map(withoutNul)
    if (this.#open !== null) return await this.#open.session.run(sql, parameters).catch(rethrow)
    const run = (session: PostgresSession) => session.run(sql, parameters)
    return SelectQueryNode.is(query) ? await this.#connections.use(run) : await this.#write(run)
  }

  async #write<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    try {
      return await this.#connections.transaction(work, BEGIN)
    } finally {
      this.#onWrite()
    }
  }
}

/** PostgreSQL's text knows no NUL: it becomes what everything becomes that isn't Unicode. */
function withoutNul(parameter: unknown): unknown {
  return typeof parameter === 'string' ? parameter.replaceAll('\0', '\uFFFD') : parameter
}

function rethrow(error: unknown): never {
  throw toSenioError(error)
}

function own(connection: DatabaseConnection): OrdinaryConnection {
  if (connection instanceof OrdinaryConnection) return connection
  throw new SenioError('defect', "A connection of another driver can't be used here.")
}
