import { SenioError } from '@senio/protocol'
import { sql } from 'kysely'
import {
  type CopiedKey,
  type CopiedRow,
  type CopiedTable,
  copiedTables,
  type CopyStore,
} from '../copy-store.ts'
import type { SqlDatabase, Tables } from './tables.ts'
import { UniqueViolation } from './unique-violation.ts'

/** What engines do differently about ids. */
export interface IdSource {
  /** Stands between the columns and the values of an INSERT that names ids. */
  readonly overriding: string
  lastIds(db: SqlDatabase): Promise<ReadonlyMap<string, number>>
  raise(db: SqlDatabase, table: string, id: number): Promise<void>
  hasTable(db: SqlDatabase, name: string): Promise<boolean>
}

interface Shape {
  readonly columns: Readonly<Record<string, true>>
  readonly key: string
  /** A condition on rows that aren't deleted; without one there are no others. */
  readonly living?: string
}

/** Tables that say nothing of what an installation is: counters, and what nodes are just doing. */
type LeftOut = 'registry_version' | 'scrub' | 'damaged_picture'

const LIVING = 'deleted = 0'

/** All tables with all of their columns, but the mark of what is deleted: one that is forgotten doesn't compile. */
const shapes = {
  account: {
    key: 'id',
    living: LIVING,
    columns: { id: true, email: true, password_hash: true, role: true, created: true },
  },
  session: { key: 'token_hash', columns: { token_hash: true, account: true, created: true, expires: true } },
  api_token: {
    key: 'id',
    columns: { id: true, account: true, token_hash: true, label: true, created: true, last_used: true },
  },
  sensor: {
    key: 'id',
    living: LIVING,
    columns: { id: true, owner: true, name: true, name_folded: true, created: true },
  },
  field: {
    key: 'id',
    living: `${LIVING} AND sensor IN (SELECT id FROM sensor WHERE ${LIVING})`,
    columns: { id: true, sensor: true, name: true, type: true, unit: true, position: true },
  },
  device_key: {
    key: 'id',
    columns: { id: true, sensor: true, key_hash: true, label: true, created: true, last_used: true },
  },
  view: {
    key: 'id',
    columns: { id: true, account: true, name: true, panels: true, created: true, changed: true },
  },
  note: {
    key: 'id',
    columns: { id: true, sensor: true, starts: true, ends: true, text: true, created: true, changed: true },
  },
} satisfies Record<CopiedTable, Shape> & {
  readonly [Table in Exclude<keyof Tables, LeftOut>]: {
    readonly columns: Readonly<Record<Exclude<keyof Tables[Table], 'deleted'>, true>>
  }
}

/** There only while a copy into the database isn't done. */
const PROGRESS = 'copy_progress'

/** Ordinary tables of an SQL database, row by row. */
export function sqlCopyStore(db: SqlDatabase, ids: IdSource): CopyStore {
  return {
    keyOf: (table) => shapes[table].key,

    async rows(table, after, limit) {
      const { key, living = 'true' }: Shape = shapes[table]
      const columns = Object.keys(shapes[table].columns)
      const all = sql<CopiedRow>`(SELECT ${sql.raw(columns.join(', '))} FROM ${sql.table(table)} WHERE ${sql.raw(living)})`
      const rows = db.selectFrom(all.as('rows')).selectAll()
      const first: CopiedKey = key === 'id' ? 0 : ''
      return rows
        .where(sql<boolean>`${sql.ref(key)} > ${after ?? first}`)
        .orderBy(sql.ref(key))
        .limit(limit)
        .execute()
    },

    async put(table, rows) {
      if (rows.length === 0) return
      const { key }: Shape = shapes[table]
      const columns = Object.keys(shapes[table].columns)
      const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`)
      const changes = columns
        .filter((column) => column !== key)
        .map((column) => `${column} = excluded.${column}`)
      try {
        await sql`INSERT INTO ${sql.table(table)} (${sql.raw(columns.join(', '))}) ${sql.raw(ids.overriding)}
          VALUES ${sql.join(values)} ON CONFLICT (${sql.ref(key)}) DO UPDATE SET ${sql.raw(changes.join(', '))}`.execute(
          db,
        )
      } catch (error) {
        if (!(error instanceof UniqueViolation)) throw error
        throw new SenioError('name-taken', `Another row of "${table}" has the same name already.`, {
          cause: error,
        })
      }
    },

    async lastIds() {
      const found = await ids.lastIds(db)
      const counted = copiedTables.filter((table) => shapes[table].key === 'id')
      return new Map(counted.map((table) => [table, found.get(table) ?? 0]))
    },

    async raiseLastIds(wanted) {
      const found = await ids.lastIds(db)
      for (const [table, id] of wanted) if (id > (found.get(table) ?? 0)) await ids.raise(db, table, id)
    },

    async progress() {
      if (!(await ids.hasTable(db, PROGRESS))) return null
      const found = db
        .selectFrom(sql<{ readonly progress: string }>`${sql.table(PROGRESS)}`.as('copy'))
        .selectAll()
      return (await found.executeTakeFirst())?.progress ?? null
    },

    async setProgress(progress) {
      if (progress === null) {
        await sql`DROP TABLE IF EXISTS ${sql.table(PROGRESS)}`.execute(db)
        return
      }
      await sql`CREATE TABLE IF NOT EXISTS ${sql.table(PROGRESS)} (id integer PRIMARY KEY CHECK (id = 1), progress text NOT NULL)`.execute(
        db,
      )
      await sql`INSERT INTO ${sql.table(PROGRESS)} (id, progress) VALUES (1, ${progress})
        ON CONFLICT (id) DO UPDATE SET progress = excluded.progress`.execute(db)
    },
  }
}
