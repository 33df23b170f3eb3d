import type { ApiTokenStore } from '../account-store.ts'
import { askedId, idToGoOnAfter } from './ids.ts'
import { Lookups } from './lookups.ts'
import type { SqlDatabase } from './tables.ts'

type FoundToken = NonNullable<Awaited<ReturnType<ApiTokenStore['find']>>>

/** Personal API tokens in an SQL database. */
export function sqlApiTokenStore(db: SqlDatabase): ApiTokenStore {
  const lookups = new Lookups((hashes) => findTokens(db, hashes))
  return {
    async create({ account, tokenHash, label, created }) {
      const { id } = await db
        .insertInto('api_token')
        .values({ account, token_hash: tokenHash, label, created, last_used: null })
        .returning('id')
        .executeTakeFirstOrThrow()
      return { id, label, created, lastUsed: null }
    },

    async list(account, after, limit) {
      const own = db.selectFrom('api_token').where('account', '=', account)
      return (after === null ? own : own.where('id', '>', idToGoOnAfter(after)))
        .select(['id', 'label', 'created', 'last_used as lastUsed'])
        .orderBy('id')
        .limit(limit)
        .execute()
    },

    find: (tokenHash) => lookups.find(tokenHash),

    async touch(id, lastUsed) {
      await db.updateTable('api_token').set({ last_used: lastUsed }).where('id', '=', id).execute()
    },

    async delete(account, id) {
      const { numDeletedRows } = await db
        .deleteFrom('api_token')
        .where('account', '=', account)
        .where('id', '=', askedId(id))
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
  }
}

async function findTokens(
  db: SqlDatabase,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, FoundToken>> {
  const rows = await db
    .selectFrom('api_token')
    .innerJoin('account', 'account.id', 'api_token.account')
    .where('api_token.token_hash', 'in', hashes)
    .where('account.deleted', '=', 0)
    .select(['api_token.token_hash as hash', 'api_token.id as token'])
    .select(['account.id', 'account.email', 'account.role', 'account.created'])
    .execute()
  return new Map(rows.map(({ hash, token, ...account }) => [hash, { id: token, account }]))
}
