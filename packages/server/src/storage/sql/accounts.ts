import { SenioError } from '@senio/protocol'
import type { RawBuilder } from 'kysely'
import type { Account, AccountStore } from '../account-store.ts'
import { inTransaction } from './in-transaction.ts'
import { askedId, idToGoOnAfter } from './ids.ts'
import type { SqlDatabase } from './tables.ts'
import { UniqueViolation } from './unique-violation.ts'

/**
 * Accounts in an SQL database.
 * @param holdRows as `SqlEngine` says
 */
export function sqlAccountStore(db: SqlDatabase, holdRows: RawBuilder<unknown>): AccountStore {
  const living = db.selectFrom('account').where('deleted', '=', 0)
  const accounts = living.select(['id', 'email', 'role', 'created'])
  return {
    async create(account, options = {}) {
      const { email, passwordHash, role, created } = account
      try {
        return await inTransaction(db, async (transaction) => {
          if (options.onlyFirst === true) {
            const first = await transaction
              .selectFrom('account')
              .where('deleted', '=', 0)
              .select('id')
              .limit(1)
              .execute()
            if (first.length > 0) {
              throw new SenioError('setup-refused', 'There is an account already. Sign in with it.')
            }
          }
          const { id } = await transaction
            .insertInto('account')
            .values({ email, password_hash: passwordHash, role, created })
            .returning('id')
            .executeTakeFirstOrThrow()
          return { id, email, role, created }
        })
      } catch (error) {
        if (!(error instanceof UniqueViolation)) throw error
        throw new SenioError('name-taken', `There is an account with the e-mail "${email}" already.`, {
          field: 'email',
          cause: error,
        })
      }
    },

    async count() {
      const { n } = await living
        .select((select) => select.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return n
    },

    async find(id) {
      return (await accounts.where('id', '=', askedId(id)).executeTakeFirst()) ?? null
    },

    async findByEmail(email) {
      const found = await accounts.select('password_hash').where('email', '=', email).executeTakeFirst()
      if (found === undefined) return null
      const { password_hash: passwordHash, ...account } = found
      return { account: account satisfies Account, passwordHash }
    },

    async list(after, limit) {
      const rest = after === null ? accounts : accounts.where('id', '>', idToGoOnAfter(after))
      return rest.orderBy('id').limit(limit).execute()
    },

    async setPasswordHash(id, passwordHash) {
      await db
        .updateTable('account')
        .set({ password_hash: passwordHash })
        .where('id', '=', askedId(id))
        .where('deleted', '=', 0)
        .execute()
    },

    async delete(id) {
      return inTransaction(db, async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('account')
          .set({ deleted: 1 })
          .where('id', '=', askedId(id))
          .where('deleted', '=', 0)
          .executeTakeFirstOrThrow()
        if (numUpdatedRows === 0n) return false
        // In the order of those who store values of several sensors: else each would wait for what the other has.
        await transaction
          .selectFrom('sensor')
          .where('owner', '=', id)
          .where('deleted', '=', 0)
          .select('id')
          .orderBy('id')
          .modifyEnd(holdRows)
          .execute()
        await transaction.deleteFrom('session').where('account', '=', id).execute()
        await transaction.deleteFrom('api_token').where('account', '=', id).execute()
        await transaction.deleteFrom('view').where('account', '=', id).execute()
        const own = transaction.selectFrom('sensor').where('owner', '=', id).select('id')
        await transaction.deleteFrom('device_key').where('sensor', 'in', own).execute()
        await transaction.deleteFrom('note').where('sensor', 'in', own).execute()
        await transaction
          .updateTable('sensor')
          .set({ deleted: 1 })
          .where('owner', '=', id)
          .where('deleted', '=', 0)
          .execute()
        return true
      })
    },
  }
}
