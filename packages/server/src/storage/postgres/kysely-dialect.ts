import {
  type CompiledQuery,
  type Dialect,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SelectQueryNode,
} from 'kysely'
import { SenioError } from '@senio/protocol'
import { type OrdinaryAccess, OrdinaryDriver, type StatementResult } from '../sql/ordinary-driver.ts'
import { againAfterConflicts } from '../sql/in-transaction.ts'
import type { Connections } from './connections.ts'
import { TransactionConflict } from '../sql/transaction-conflict.ts'
import { sqlStateOf, toSenioError } from './failures.ts'
import { Lock, lockSql, REQUIRE_KNOWN_FORMAT } from './locks.ts'
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
    createDriver: () => new OrdinaryDriver(() => new PostgresAccess(connections, onWrite)),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

interface OpenTransaction {
  readonly session: PostgresSession
  readonly finish: (how: 'commit' | 'rollback') => void
  /** Settles when it has ended, as it ended. */
  readonly ended: Promise<void>
}

const BEGIN = `BEGIN; ${lockSql(Lock.registry)}; ${REQUIRE_KNOWN_FORMAT}`

/** Holds a connection only between `begin` and `end`. */
class PostgresAccess implements OrdinaryAccess {
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
    ended.catch((error: unknown) => begun.reject(asConflict(error)))
    this.#open = { session: await begun.promise, finish: finish.resolve, ended }
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    const open = this.#open
    if (open === null) return
    this.#open = null
    open.finish(how)
    try {
      await open.ended
    } catch (error) {
      throw asConflict(error)
    } finally {
      this.#onWrite()
    }
  }

  async execute({ sql, parameters: given, query }: CompiledQuery): Promise<StatementResult> {
    const parameters = given.map(withoutNul)
    if (this.#open !== null) return await this.#open.session.run(sql, parameters).catch(rethrow)
    const run = (session: PostgresSession) => session.run(sql, parameters)
    if (SelectQueryNode.is(query)) return await this.#connections.use(run)
    return await againAfterConflicts(() => this.#write(run))
  }

  async #write<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    try {
      return await this.#connections.transaction(work, BEGIN)
    } catch (error) {
      throw asConflict(error)
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
  throw asConflict(toSenioError(error))
}

/** Others than those for which the registry's lock is there: who stores values holds sensors, too. */
function asConflict(error: unknown): unknown {
  const isConflict = error instanceof SenioError && sqlStateOf(error.cause)?.startsWith('40') === true
  return isConflict ? new TransactionConflict(error) : error
}
