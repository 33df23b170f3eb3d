import { sql } from 'kysely'
import { SESSION_ID_LENGTH, type SessionStore } from '../account-store.ts'
import { Lookups } from './lookups.ts'
import type { SqlDatabase } from './tables.ts'

const ID = sql<string>`substr(token_hash, 1, ${sql.lit(SESSION_ID_LENGTH)})`

type FoundSession = NonNullable<Awaited<ReturnType<SessionStore['find']>>>

/** Sessions in an SQL database. */
export function sqlSessionStore(db: SqlDatabase): SessionStore {
  const lookups = new Lookups((hashes) => findSessions(db, hashes))
  return {
    async create({ tokenHash, account, created, expires }) {
      await db.insertInto('session').values({ token_hash: tokenHash, account, created, expires }).execute()
    },

    async find(tokenHash, now) {
      const found = await lookups.find(tokenHash)
      return found !== null && found.expires > now ? found : null
    },

    async move(tokenHash, from, to) {
      await db
        .updateTable('session')
        .set({ created: to.created, expires: to.expires })
        .where('token_hash', '=', tokenHash)
        .where('created', '=', from.created)
        .where('expires', '=', from.expires)
        .execute()
    },

    async list(account, now, limit) {
      return db
        .selectFrom('session')
        .where('account', '=', account)
        .where('expires', '>', now)
        .select([ID.as('id'), 'created', 'expires'])
        .orderBy('created', 'desc')
        .orderBy('token_hash')
        .limit(limit)
        .execute()
    },

    async deleteById(account, id) {
      const { numDeletedRows } = await db
        .deleteFrom('session')
        .where('account', '=', account)
        .where(ID, '=', id)
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },

    async delete(tokenHash) {
      await db.deleteFrom('session').where('token_hash', '=', tokenHash).execute()
    },

    async deleteAll(account, keepTokenHash) {
      const all = db.deleteFrom('session').where('account', '=', account)
      await (keepTokenHash === null ? all : all.where('token_hash', '!=', keepTokenHash)).execute()
    },

    async deleteExpired(now) {
      await db.deleteFrom('session').where('expires', '<=', now).execute()
    },
  }
}

/** Those that have expired, too. */
async function findSessions(
  db: SqlDatabase,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, FoundSession>> {
  const rows = await db
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account')
    .where('session.token_hash', 'in', hashes)
    .where('account.deleted', '=', 0)
    .select(['account.id', 'account.email', 'account.role', 'account.created'])
    .select(['session.token_hash as hash', 'session.created as began', 'session.expires'])
    .execute()
  return new Map(
    rows.map(({ hash, began, expires, ...account }) => [hash, { account, created: began, expires }]),
  )
}
