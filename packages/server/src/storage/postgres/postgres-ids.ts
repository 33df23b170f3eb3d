import { sql } from 'kysely'
import type { IdSource } from '../sql/copies.ts'
import { SCHEMA } from './connections.ts'

/** Ids of PostgreSQL: those of the sequences behind identity columns. */
export const postgresIds: IdSource = {
  overriding: 'OVERRIDING SYSTEM VALUE',

  async lastIds(db) {
    const rows = await db
      .selectFrom(
        sql<{
          readonly schemaname: string
          readonly sequencename: string
          readonly last_value: number | null
        }>`pg_sequences`.as('s'),
      )
      .select(['sequencename', 'last_value'])
      .where('schemaname', '=', SCHEMA)
      .execute()
    return new Map(
      rows.map(({ sequencename, last_value: last }) => [sequencename.replace(/_id_seq$/, ''), last ?? 0]),
    )
  },

  async raise(db, table, id) {
    await sql`SELECT setval(pg_get_serial_sequence(${`${SCHEMA}.${table}`}, 'id'), ${id})`.execute(db)
  },

  async hasTable(db, name) {
    const rows = await db
      .selectNoFrom(sql<boolean>`to_regclass(${`${SCHEMA}.${name}`}) IS NOT NULL`.as('found'))
      .execute()
    return rows[0]?.found === true
  },
}
