import { timestampMs } from '@senio/protocol'
import type { ScrubStore } from '../scrub-store.ts'
import type { SqlDatabase } from './tables.ts'

/** Where the scrub is, and what is damaged, in an SQL database. */
export function sqlScrubStore(db: SqlDatabase): ScrubStore {
  const select = () =>
    db
      .selectFrom('scrub')
      .select(['started', 'position', 'ended', 'database_faults as databaseFaults'])
      .executeTakeFirstOrThrow()

  return {
    state: select,

    async claim(holder, now, until) {
      const { numUpdatedRows } = await db
        .updateTable('scrub')
        .set({ holder, held_until: until })
        .where((is) =>
          is.or([
            is('held_until', '<=', now),
            is('held_until', '>', timestampMs(until + (until - now))),
            is('holder', '=', holder),
          ]),
        )
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0n ? select() : null
    },

    async save(holder, until, { started, position, ended, databaseFaults }) {
      const { numUpdatedRows } = await db
        .updateTable('scrub')
        .set({ held_until: until, started, position, ended, database_faults: databaseFaults })
        .where('holder', '=', holder)
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0n
    },

    async addDamaged({ sha1, fault, found }) {
      const row = await db
        .insertInto('damaged_picture')
        .values({ sha1, fault, found })
        .onConflict((conflict) =>
          conflict.column('sha1').doUpdateSet({ fault }).where('damaged_picture.fault', '!=', fault),
        )
        .returning('sha1')
        .executeTakeFirst()
      return row !== undefined
    },

    async removeDamaged(sha1s) {
      if (sha1s.length > 0) await db.deleteFrom('damaged_picture').where('sha1', 'in', sha1s).execute()
    },

    listDamaged: (limit) =>
      db.selectFrom('damaged_picture').select(['sha1', 'fault', 'found']).limit(limit).execute(),

    async countDamaged() {
      const { n } = await db
        .selectFrom('damaged_picture')
        .select((count) => count.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return n
    },
  }
}
