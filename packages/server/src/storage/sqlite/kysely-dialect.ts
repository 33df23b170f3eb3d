import type { SQLInputValue } from 'node:sqlite'
import {
  type CompiledQuery,
  type Dialect,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { type OrdinaryAccess, OrdinaryDriver } from '../sql/ordinary-driver.ts'
import type { Reader } from './reader/reader.ts'
import type { SqlResult, SqlStatement } from './run-statement.ts'
import type { Writer } from './writer/writer.ts'

/** Kysely over our threads: selects outside of a transaction go to the reader, everything else to the writer. */
export function sqliteDialect(reader: Reader, writer: Writer): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new OrdinaryDriver(() => new ThreadAccess(reader, writer)),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/** Holds the writer only between `begin` and `end`. */
class ThreadAccess implements OrdinaryAccess {
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
    if (release === null) return
    this.#release = null
    try {
      await this.#writer.run(how, undefined)
    } finally {
      release()
    }
  }

  execute({ sql, parameters, query }: CompiledQuery): Promise<SqlResult> {
    const statement: SqlStatement = { sql, parameters: parameters as readonly SQLInputValue[] }
    if (this.#release !== null) return this.#writer.run('statement', statement)
    return SelectQueryNode.is(query)
      ? this.#reader.call('statement', statement)
      : this.#writer.write(statement)
  }
}
