import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { SenioError } from '@senio/protocol'
import { resultCodeOf } from './failures.ts'
import type { Migrated } from '../storage.ts'
import { migrate } from './migrate.ts'
import { TwoColumnReader, type TwoColumns } from './two-columns.ts'

/** How long to wait for another process that holds the database, in ms. */
const BUSY_TIMEOUT_MS = 10_000
const BUSY = 5
const READONLY = 8
const FULL = 13

/** Page cache in KiB; a negative number is SQLite's way to say KiB. */
const WRITER_CACHE = -8192
const READER_CACHE = -4096

/** The write-ahead log's file is cut back to this many bytes after it had to grow. */
const WAL_SIZE_LIMIT = 64 * 1024 * 1024

/**
 * Opens the database for writing, creating and migrating it as needed: WAL, every commit synced.
 *
 * @throws SenioError `storage-failing` when durability can't be had, or the file isn't ours
 */
export function openForWriting(
  file: string,
  onMigrated: (migrated: Migrated) => void = () => undefined,
): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true })
  try {
    enterWal(db)
    // After WAL: some builds of SQLite fall back to NORMAL for it, which loses commits at a power cut.
    db.exec(`PRAGMA synchronous = FULL; PRAGMA cache_size = ${WRITER_CACHE};
      PRAGMA journal_size_limit = ${WAL_SIZE_LIMIT}; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF`)
    onMigrated(migrate(db))
    writeOnce(db)
    assertDurable(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Opens the database, which exists and is migrated, for reading. */
export function openForReading(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, readOnly: true })
  db.exec(`PRAGMA cache_size = ${READER_CACHE}; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF`)
  return db
}

/**
 * Statements of a connection, prepared once. The SQL of a program is finite, but Kysely builds lists of any
 * length into it: the oldest are dropped.
 */
export class Statements {
  readonly db: DatabaseSync
  readonly #prepared = new Map<string, StatementSync>()
  #columns: TwoColumnReader | null = null

  constructor(db: DatabaseSync) {
    this.db = db
  }

  /** Don't keep the result over a call of anything else: give each user its own SQL text, or prepare afresh. */
  get(sql: string): StatementSync {
    return this.#prepared.get(sql) ?? this.#prepare(sql, this.db.prepare(sql))
  }

  /** As `get`, with rows as arrays in the order of the columns: several times as quick where there are many. */
  all(sql: string, ...parameters: readonly SQLInputValue[]): readonly (readonly SQLOutputValue[])[] {
    const key = `arrays ${sql}`
    let statement = this.#prepared.get(key)
    if (statement === undefined) {
      statement = this.#prepare(key, this.db.prepare(sql))
      statement.setReturnArrays(true)
    }
    return statement.all(...parameters) as unknown as readonly (readonly SQLOutputValue[])[]
  }

  /** The rows of a query with the columns `a`, numbers, and `b`: quicker still. */
  columns(sql: string, ...parameters: readonly SQLInputValue[]): TwoColumns {
    this.#columns ??= new TwoColumnReader(this.db)
    return this.#columns.read(sql, ...parameters)
  }

  #prepare(key: string, statement: StatementSync): StatementSync {
    if (this.#prepared.size >= 256) {
      const oldest = this.#prepared.keys().next().value
      if (oldest !== undefined) this.#prepared.delete(oldest)
    }
    this.#prepared.set(key, statement)
    return statement
  }
}

/** Two processes that switch a new file to WAL at once get BUSY without waiting: so wait here. */
function enterWal(db: DatabaseSync): void {
  const deadline = performance.now() + BUSY_TIMEOUT_MS
  for (;;) {
    try {
      const mode = db.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode']
      if (mode === 'wal') return
      throw notDurable(`journal_mode is ${String(mode)}`)
    } catch (error) {
      if ((resultCodeOf(error) ?? 0) % 256 !== BUSY || performance.now() > deadline) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

function writeOnce(db: DatabaseSync): void {
  try {
    db.exec('UPDATE probe SET writes = writes + 1')
  } catch (error) {
    // A disk that is full or takes nothing any more must not keep people from reading what is there.
    if (![FULL, READONLY].includes((resultCodeOf(error) ?? 0) % 256)) throw error
  }
}

function assertDurable(db: DatabaseSync): void {
  const mode = db.prepare('PRAGMA journal_mode').get()?.['journal_mode']
  const synchronous = db.prepare('PRAGMA synchronous').get()?.['synchronous']
  if (mode !== 'wal' || synchronous !== 2) {
    throw notDurable(`journal_mode is ${String(mode)}, synchronous is ${String(synchronous)}`)
  }
}

function notDurable(what: string): SenioError {
  return new SenioError(
    'storage-failing',
    `The database can't be made durable: ${what}. Put the data directory on a local disk.`,
  )
}
