import { type Dialect, Kysely, type RawBuilder, sql } from 'kysely'
import type { AttemptStore } from '../attempt-store.ts'
import type { SetupTokenStore } from '../setup-token-store.ts'
import type { PicturePlaceStore } from '../picture-place-store.ts'
import type { TaskStore } from '../task-store.ts'
import { sqlAttemptStore } from './attempts.ts'
import type { NodeTables } from './node-tables.ts'

export interface NodeStores {
  readonly attempts: AttemptStore
  readonly setupTokens: SetupTokenStore
  readonly tasks: TaskStore
  readonly picturePlace: PicturePlaceStore
}

/**
 * The stores of what nodes share, over any engine's dialect.
 * @param clock the engine's own clock in SQL, ms
 */
export function sqlNodeStores(dialect: Dialect, clock: RawBuilder<number>): NodeStores {
  const db = new Kysely<NodeTables>({ dialect })
  return {
    attempts: sqlAttemptStore(db, clock),
    setupTokens: setupTokens(db),
    tasks: tasks(db, clock),
    picturePlace: picturePlace(db),
  }
}

function setupTokens(db: Kysely<NodeTables>): SetupTokenStore {
  return {
    async add(tokenHash) {
      await db.insertInto('setup_token').values({ token_hash: tokenHash }).execute()
    },

    async has(tokenHash) {
      const found = await db
        .selectFrom('setup_token')
        .where('token_hash', '=', tokenHash)
        .select('token_hash')
        .executeTakeFirst()
      return found !== undefined
    },

    async clear() {
      await db.deleteFrom('setup_token').execute()
    },
  }
}

function picturePlace(db: Kysely<NodeTables>): PicturePlaceStore {
  const known = async (): Promise<string | null> => {
    const row = await db.selectFrom('picture_place').select('mark').executeTakeFirst()
    return row?.mark ?? null
  }
  return {
    known,

    async claim(mark) {
      await db
        .insertInto('picture_place')
        .values({ id: 1, mark })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return (await known()) ?? mark
    },

    async set(mark) {
      await db
        .insertInto('picture_place')
        .values({ id: 1, mark })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ mark }))
        .execute()
    },
  }
}

function tasks(db: Kysely<NodeTables>, clock: RawBuilder<number>): TaskStore {
  return {
    async claim(name, ms) {
      const until = sql<number>`${clock} + ${sql.lit(ms)}`
      const taken = await db
        .insertInto('task')
        .values({ name, claimed_until: until })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ claimed_until: until })
            .where((where) =>
              where.or([
                where('task.claimed_until', '<=', clock),
                // The clock was set back.
                where('task.claimed_until', '>', until),
              ]),
            ),
        )
        .returning('name')
        .execute()
      return taken.length > 0
    },

    async isAnyTaken(names, ms) {
      const found = await db
        .selectFrom('task')
        .where('name', 'in', names)
        .where('claimed_until', '>', clock)
        .where('claimed_until', '<=', sql<number>`${clock} + ${sql.lit(ms)}`)
        .select('name')
        .executeTakeFirst()
      return found !== undefined
    },

    async prolong(name, ms) {
      const until = sql<number>`${clock} + ${sql.lit(ms)}`
      const { numUpdatedRows } = await db
        .updateTable('task')
        .set({ claimed_until: until })
        .where('name', '=', name)
        .where('claimed_until', '>', clock)
        .where('claimed_until', '<=', until)
        .executeTakeFirstOrThrow()
      return numUpdatedRows > 0n
    },

    async release(name) {
      await db.deleteFrom('task').where('name', '=', name).execute()
    },
  }
}
