import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { storesContract } from '../contract/stores.contract.ts'
import {
  type DatabaseUnderTest,
  codeOf,
  newSensor,
  onFreshDatabase,
  time,
} from '../contract/database-under-test.ts'
import type { DamageSql } from '../contract/damages.ts'
import type { Database } from '../storage.ts'
import { openSqliteDatabase } from './sqlite-database.ts'
import type { QueueLimits } from './writer/writer.ts'

interface SqliteUnderTest extends DatabaseUnderTest {
  readonly directory: string
}

async function openTestDatabase(queueLimits?: QueueLimits): Promise<SqliteUnderTest> {
  const directory = await mkdtemp(join(tmpdir(), 'senio-sqlite-'))
  const open = () =>
    openSqliteDatabase({
      file: join(directory, 'senio.db'),
      onFatal: (error) => {
        throw error
      },
      ...(queueLimits === undefined ? {} : { queueLimits }),
    })
  let db = await open()
  const others: Database[] = []
  return {
    directory,
    get db() {
      return db
    },
    async reopen() {
      await db.close()
      db = await open()
    },
    async openAnother() {
      const other = await open()
      others.push(other)
      return other
    },
    async dispose() {
      await Promise.all([db, ...others].map((opened) => opened.close()))
      await rm(directory, { recursive: true })
    },
  }
}

const open = () => openTestDatabase()

const damageSql: DamageSql = {
  number: (value) => `v = ${value}.0`,
  text: (value) => `v = '${value}'`,
  bytes: (hex) => `v = x'${hex}'`,
  ownerColumns: 'field',
  owner: (_, field) => String(field),
  word: (word) => `'${word}'`,
  hex: (hex) => `x'${hex}'`,
}

async function runDamage(database: DatabaseUnderTest, sql: string): Promise<void> {
  const file = join((database as SqliteUnderTest).directory, 'senio.db')
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false, timeout: 10_000 })
  db.exec(sql)
  db.close()
}

describe('SQLite', () => {
  storesContract(open, damageSql, runDamage)

  test('sends callers away when too much waits, and takes them again afterwards', async () => {
    await onFreshDatabase(
      () => openTestDatabase({ calls: 10, bytes: 1e6 }),
      async ({ db }) => {
        const sensor = await newSensor(db)
        const outcomes = await Promise.all(
          Array.from({ length: 50 }, async (_, n) => {
            try {
              await db.measurements.append([sensor.at(n, n)], [])
              return 'stored'
            } catch (error) {
              expect(error).toMatchObject({ code: 'overloaded', retryAfter: 1 })
              return 'sent away'
            }
          }),
        )
        expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(10)
        await db.measurements.append([sensor.at(99, 1)], [])
        expect(await db.measurements.extent(sensor.fields)).toStrictEqual({ first: time(0), last: time(99) })
      },
    )
  })

  test('makes a consistent copy while it is in use, in a file for its owner alone', async () => {
    const database = await openTestDatabase()
    const { db, directory } = database
    try {
      const sensor = await newSensor(db)
      await db.measurements.append([sensor.at(0, 1)], [])
      const copy = join(directory, 'copy.db')
      await Promise.all([db.backupTo(copy), db.measurements.append([sensor.at(1, 2)], [])])
      expect((await stat(copy)).mode & 0o777).toBe(0o600)
      expect(await codeOf(db.backupTo(copy))).toBe('storage-failing')
      const restored = await openSqliteDatabase({ file: copy, onFatal: () => undefined })
      expect((await restored.measurements.valuesAt(sensor.fields, time(0))).get(sensor.field)?.value).toBe(1)
      await restored.close()
    } finally {
      await database.dispose()
    }
  })

  test('is for its owner alone, and leaves one file when it is closed', async () => {
    const database = await openTestDatabase()
    await newSensor(database.db)
    for (const name of await readdir(database.directory)) {
      expect((await stat(join(database.directory, name))).mode & 0o777).toBe(0o600)
    }
    await database.db.close()
    expect(await readdir(database.directory)).toStrictEqual(['senio.db'])
    await rm(database.directory, { recursive: true })
  })

  test('several that open a new file at once get along', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'senio-sqlite-'))
    const file = join(directory, 'senio.db')
    const opened = await Promise.all(
      Array.from({ length: 4 }, () => openSqliteDatabase({ file, onFatal: () => undefined })),
    )
    for (const db of opened) await newSensor(db)
    expect(await opened[0]?.accounts.count()).toBe(4)
    await Promise.all(opened.map((db) => db.close()))
    await rm(directory, { recursive: true })
  })

  test('says that it cannot be opened where there is no directory', async () => {
    const file = join(tmpdir(), 'senio-does-not-exist', 'senio.db')
    expect(await codeOf(openSqliteDatabase({ file, onFatal: () => undefined }))).toBe('storage-failing')
  })
})
