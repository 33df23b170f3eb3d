import { mkdtempSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openForWriting } from './connection.ts'
import { APPLICATION_ID, migrate } from './migrate.ts'
import { migrations } from './migrations/index.ts'

let directory: string
let file: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'senio-migrate-'))
  file = join(directory, 'senio.db')
})
afterEach(() => rmSync(directory, { recursive: true }))

const pragma = (db: DatabaseSync, name: string) => db.prepare(`PRAGMA ${name}`).get()?.[name]

describe('opening for writing', () => {
  test('makes a database that syncs every commit', () => {
    const db = openForWriting(file)
    expect(pragma(db, 'journal_mode')).toBe('wal')
    expect(pragma(db, 'synchronous')).toBe(2)
    expect(pragma(db, 'foreign_keys')).toBe(1)
    expect(pragma(db, 'user_version')).toBe(migrations.length)
    expect(pragma(db, 'application_id')).toBe(APPLICATION_ID)
    db.close()
  })

  test('refuses the database of another program and leaves it as it is', () => {
    const other = new DatabaseSync(file)
    other.exec('CREATE TABLE theirs (x)')
    other.close()
    expect(() => openForWriting(file)).toThrow(/another program/)
    const again = new DatabaseSync(file)
    expect(again.prepare('SELECT count(*) AS n FROM sqlite_schema').get()).toMatchObject({ n: 1 })
    again.close()
  })

  test('refuses a newer format and says what to do', () => {
    openForWriting(file).close()
    const newer = new DatabaseSync(file)
    newer.exec('PRAGMA user_version = 9999')
    newer.close()
    expect(() => openForWriting(file)).toThrow(/format 9999.*newer version/)
  })
})

describe('migrating', () => {
  const steps = ['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y', 'INSERT INTO a VALUES (1, 2)']

  test('takes only the steps that are missing, each once', () => {
    const db = new DatabaseSync(file)
    migrate(db, steps.slice(0, 1))
    migrate(db, steps)
    migrate(db, steps)
    expect(db.prepare('SELECT * FROM a').all()).toHaveLength(1)
    expect(pragma(db, 'user_version')).toBe(3)
    db.close()
  })

  test('leaves everything as it was when a step fails', () => {
    const db = new DatabaseSync(file)
    migrate(db, steps.slice(0, 1))
    expect(() => migrate(db, [...steps.slice(0, 2), 'NONSENSE'])).toThrow(/syntax error/)
    expect(pragma(db, 'user_version')).toBe(1)
    expect(db.prepare('SELECT * FROM a').columns()).toHaveLength(1)
    db.close()
  })
})
