import type { Kysely, Transaction } from 'kysely'
import { TransactionConflict } from './transaction-conflict.ts'

/** How often something is tried that other transactions are in the way of. */
const TRIES = 4

/** Everything that `work` writes or nothing. It may be called several times: it must leave no trace but in the transaction. */
export function inTransaction<Tables, T>(
  db: Kysely<Tables>,
  work: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return againAfterConflicts(() => db.transaction().execute(work))
}

/** Tries again, a few times, what rejects with `TransactionConflict`. */
export async function againAfterConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof TransactionConflict) || attempt >= TRIES) throw error
    }
  }
}
