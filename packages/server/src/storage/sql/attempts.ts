import type { Kysely, RawBuilder } from 'kysely'
import type { Attempts, AttemptStore } from '../attempt-store.ts'
import { inTransaction } from './in-transaction.ts'
import type { NodeTables } from './node-tables.ts'

interface Found {
  readonly found: ReadonlyMap<string, Attempts>
  readonly now: number
}

/** Attempts to sign in, in an SQL database. */
export function sqlAttemptStore(db: Kysely<NodeTables>, clock: RawBuilder<number>): AttemptStore {
  return {
    async read(keys, look) {
      const { found, now } = await find(db, clock, keys)
      look(found, now)
    },

    async update(keys, change) {
      await inTransaction(db, async (transaction) => {
        const { found, now } = await find(transaction, clock, keys)
        const changed = change(found, now)
        await transaction.deleteFrom('sign_in_attempts').where('expires', '<=', now).execute()
        for (const [key, attempts] of changed) {
          await transaction.deleteFrom('sign_in_attempts').where('key', '=', key).execute()
          if (attempts === null) continue
          const { failures, blockedUntil, expires } = attempts
          await transaction
            .insertInto('sign_in_attempts')
            .values({ key, failures, blocked_until: blockedUntil, expires })
            .execute()
        }
      })
    },
  }
}

async function find(
  db: Kysely<NodeTables>,
  clock: RawBuilder<number>,
  keys: readonly string[],
): Promise<Found> {
  const rows = await db.selectFrom('sign_in_attempts').where('key', 'in', keys).selectAll().execute()
  // Afterwards: else what another attempt left meanwhile would lie in the future, and block this one.
  const { now } = await db.selectNoFrom(clock.as('now')).executeTakeFirstOrThrow()
  const found = rows
    .filter(({ expires }) => expires > now)
    .map(
      ({ key, failures, blocked_until: blockedUntil, expires }) =>
        [key, { failures, blockedUntil, expires }] as const,
    )
  return { now, found: new Map(found) }
}
