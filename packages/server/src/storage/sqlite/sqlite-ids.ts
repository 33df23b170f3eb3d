import { sql } from 'kysely'
import type { IdSource } from '../sql/copies.ts'

/** Ids of SQLite: AUTOINCREMENT goes on after the highest that a row was ever given. */
export const sqliteIds: IdSource = {
  overriding: '',

  async lastIds(db) {
    const rows = await db
      .selectFrom(sql<{ readonly name: string; readonly seq: number }>`sqlite_sequence`.as('s'))
      .selectAll()
      .execute()
    return new Map(rows.map(({ name, seq }) => [name, seq]))
  },

  async raise(db, table, id) {
    await db.transaction().execute(async (transaction) => {
      await sql`DELETE FROM sqlite_sequence WHERE name = ${table}`.execute(transaction)
      await sql`INSERT INTO sqlite_sequence (name, seq) VALUES (${table}, ${id})`.execute(transaction)
    })
  },

  async hasTable(db, name) {
    const rows = await db
      .selectFrom(sql<{ readonly name: string }>`sqlite_schema`.as('s'))
      .select('name')
      .where('name', '=', name)
      .execute()
    return rows.length > 0
  },
}
