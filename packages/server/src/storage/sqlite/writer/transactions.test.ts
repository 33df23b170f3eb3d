import { mkdtempSync, rmSync } from 'node:fs'
import type { StatementSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { time } from '../../contract/database-under-test.ts'
import type { FieldId, SensorId } from '../../sensor-store.ts'
import { openForWriting, Statements } from '../connection.ts'
import { failureToError, isFatal } from '../failures.ts'
import { packBatch, packCall, type PackedCall } from './append-batch.ts'
import { BatchApplier } from './apply-batch.ts'
import { Transactions } from './transactions.ts'

const SENSOR = 1 as SensorId
const FIELD = 1 as FieldId

let directory: string
let statements: Statements
let applier: BatchApplier
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'senio-writer-'))
  const file = join(directory, 'senio.db')
  statements = new Statements(openForWriting(file))
  applier = new BatchApplier(statements, new Transactions(statements, file))
  statements.db.exec(`
    INSERT INTO account (email, password_hash, role, created) VALUES ('a@a', '', 'member', 0);
    INSERT INTO sensor (owner, name, name_folded, created) VALUES (1, 's', 's', 0);
    INSERT INTO field (sensor, name, type, unit, position) VALUES (1, 'f', 'location', '', 0)`)
})
afterEach(() => {
  statements.db.close()
  rmSync(directory, { recursive: true })
})

const call = (ms: number, value: number | string): PackedCall =>
  packCall([{ sensor: SENSOR, timestamp: time(ms), values: [{ field: FIELD, value }], tags: null }], [])
const count = () => statements.db.prepare('SELECT count(*) AS n FROM value').get()?.['n']
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error)

describe('a batch', () => {
  test('stores the other calls when SQLite itself refuses one', () => {
    // SQLite takes NaN for NULL, which the table refuses.
    const results = applier.apply(packBatch([call(0, 1), call(1, Number.NaN), call(2, 3)]))
    expect(results.map((failure) => failure && codeOf(failureToError(failure)))).toStrictEqual([
      null,
      'defect',
      null,
    ])
    expect(count()).toBe(2)
  })

  test('stores nothing on a full disk, says so, and goes on when there is room', () => {
    const pages = Number(statements.db.prepare('PRAGMA page_count').get()?.['page_count'])
    statements.db.exec(`PRAGMA max_page_count = ${pages + 2}`)
    const large = packBatch([call(0, 1), call(1, 'x'.repeat(100_000))])
    expect(failureOf(() => applier.apply(large))).toMatchObject({ code: 'storage-full', retryAfter: 5 })
    expect(count()).toBe(0)
    applier.apply(packBatch([call(2, 1)]))
    statements.db.exec('PRAGMA max_page_count = 100000')
    applier.apply(large)
    expect(count()).toBe(3)
  })
})

const SQLITE_IOERR_WRITE = 778
const SQLITE_IOERR_FSYNC = 1034
const SQLITE_IOERR_SHMSIZE = 4874

/** Statements of which some fail as if the disk did. */
class FailingStatements extends Statements {
  readonly failing = new Set<string>()
  errcode = SQLITE_IOERR_WRITE

  override get(sql: string): StatementSync {
    if (!this.failing.has(sql)) return super.get(sql)
    throw Object.assign(new Error('disk I/O error'), { errcode: this.errcode })
  }
}

describe('a commit that fails', () => {
  const WRITE = 'UPDATE probe SET writes = writes + 1'
  const writes = () => statements.db.prepare('SELECT writes FROM probe').get()?.['writes']
  const run = (failing: FailingStatements) => () =>
    new Transactions(failing, join(directory, 'senio.db')).run(() => {
      failing.db.exec("UPDATE account SET email = 'changed'")
    })
  const email = () => statements.db.prepare('SELECT email FROM account').get()?.['email']

  test('leaves nothing, and something else is written over it before the answer', () => {
    const failing = new FailingStatements(statements.db)
    failing.failing.add('COMMIT')
    const before = Number(writes())
    const error = failureOf(run(failing))
    expect(error).toMatchObject({ code: 'storage-failing' })
    expect(isFatal(error)).toBe(false)
    expect(writes()).toBe(before + 1)
    expect(email()).toBe('a@a')
    failing.failing.clear()
    run(failing)()
    expect(email()).toBe('changed')
  })

  test('is fatal when it was the sync: the next one may lie', () => {
    const failing = new FailingStatements(statements.db)
    failing.failing.add('COMMIT')
    failing.errcode = SQLITE_IOERR_FSYNC
    const before = Number(writes())
    expect(isFatal(failureOf(run(failing)))).toBe(true)
    expect(writes()).toBe(before + 1)
    expect(email()).toBe('a@a')
  })

  test('is fatal when nothing can be written over it', () => {
    const failing = new FailingStatements(statements.db)
    failing.failing.add('COMMIT').add(WRITE)
    failing.errcode = SQLITE_IOERR_SHMSIZE
    const error = failureOf(run(failing))
    expect(error).toMatchObject({ code: 'storage-failing' })
    expect(isFatal(error)).toBe(true)
    expect(email()).toBe('a@a')
  })

  test('is not fatal when the disk takes no byte: people can go on reading', () => {
    const failing = new FailingStatements(statements.db)
    failing.failing.add('COMMIT').add(WRITE)
    const error = failureOf(run(failing))
    expect(error).toMatchObject({ code: 'storage-failing' })
    expect(isFatal(error)).toBe(false)
    expect(email()).toBe('a@a')
  })
})

function failureOf(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    if (error instanceof Error && 'failure' in error) {
      return failureToError(error.failure as Parameters<typeof failureToError>[0])
    }
  }
  return null
}
