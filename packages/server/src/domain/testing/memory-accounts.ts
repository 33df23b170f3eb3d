import { SenioError, type TimestampMs } from '@senio/protocol'
import {
  type Account,
  type AccountId,
  type AccountStore,
  type ApiToken,
  type ApiTokenStore,
  SESSION_ID_LENGTH,
  type SessionStore,
} from '../../storage/account-store.ts'

interface AccountRow {
  readonly account: Account
  passwordHash: string
}

/** The stores of accounts in memory, for tests. */
export function memoryAccountStores(): {
  readonly accounts: AccountStore
  readonly sessions: SessionStore
  readonly apiTokens: ApiTokenStore
  /** Grows with every change of accounts and tokens. */
  readonly accountChanges: () => number
} {
  const accountRows = new Map<AccountId, AccountRow>()
  const sessionRows = new Map<
    string,
    { readonly account: AccountId; readonly created: TimestampMs; readonly expires: TimestampMs }
  >()
  const tokenRows = new Map<string, { readonly account: AccountId; token: ApiToken }>()
  let lastId = 0
  let changes = 0

  const accounts: AccountStore = {
    async create({ email, passwordHash, role, created }, options) {
      if (options?.onlyFirst === true && accountRows.size > 0) {
        throw new SenioError('setup-refused', 'There is an account already.')
      }
      if ([...accountRows.values()].some((row) => row.account.email === email)) {
        throw new SenioError('name-taken', 'There is an account with this e-mail address.')
      }
      const account = { id: ++lastId as AccountId, email, role, created }
      accountRows.set(account.id, { account, passwordHash })
      return account
    },
    count: async () => accountRows.size,
    find: async (id) => accountRows.get(id)?.account ?? null,
    findByEmail: async (email) =>
      [...accountRows.values()].find((row) => row.account.email === email) ?? null,
    list: async (after, limit) =>
      page(
        [...accountRows.values()].map(({ account }) => account),
        after,
        limit,
      ),
    async setPasswordHash(id, passwordHash) {
      const row = accountRows.get(id)
      if (row !== undefined) row.passwordHash = passwordHash
    },
    async delete(id) {
      changes++
      deleteWhere(sessionRows, (row) => row.account === id)
      deleteWhere(tokenRows, (row) => row.account === id)
      return accountRows.delete(id)
    },
  }

  const sessions: SessionStore = {
    async create({ tokenHash, ...row }) {
      sessionRows.set(tokenHash, row)
    },
    async find(tokenHash, now) {
      const row = sessionRows.get(tokenHash)
      const account = row === undefined || row.expires <= now ? null : await accounts.find(row.account)
      return row === undefined || account === null
        ? null
        : { account, created: row.created, expires: row.expires }
    },
    async move(tokenHash, from, to) {
      const row = sessionRows.get(tokenHash)
      if (row?.created !== from.created || row.expires !== from.expires) return
      sessionRows.set(tokenHash, { account: row.account, created: to.created, expires: to.expires })
    },
    list: async (account, now, limit) =>
      [...sessionRows]
        .filter(([, row]) => row.account === account && row.expires > now)
        .map(([hash, { created, expires }]) => ({ id: hash.slice(0, SESSION_ID_LENGTH), created, expires }))
        .sort((a, b) => b.created - a.created)
        .slice(0, limit),
    async delete(tokenHash) {
      sessionRows.delete(tokenHash)
    },
    async deleteById(account, id) {
      const before = sessionRows.size
      deleteWhere(sessionRows, (row, hash) => row.account === account && hash.startsWith(id))
      return sessionRows.size < before
    },
    async deleteAll(account, keep) {
      deleteWhere(sessionRows, (row, hash) => row.account === account && hash !== keep)
    },
    async deleteExpired(now) {
      deleteWhere(sessionRows, (row) => row.expires <= now)
    },
  }

  const apiTokens: ApiTokenStore = {
    async create({ account, tokenHash, label, created }) {
      changes++
      const token = { id: ++lastId, label, created, lastUsed: null }
      tokenRows.set(tokenHash, { account, token })
      return token
    },
    list: async (account, after, limit) =>
      page(
        [...tokenRows.values()].filter((row) => row.account === account).map(({ token }) => token),
        after,
        limit,
      ),
    async find(tokenHash) {
      const row = tokenRows.get(tokenHash)
      const account = row === undefined ? null : await accounts.find(row.account)
      return row === undefined || account === null ? null : { id: row.token.id, account }
    },
    async touch(id, lastUsed) {
      for (const row of tokenRows.values()) if (row.token.id === id) row.token = { ...row.token, lastUsed }
    },
    async delete(account, id) {
      changes++
      return deleteWhere(tokenRows, (row) => row.account === account && row.token.id === id)
    },
  }

  return { accounts, sessions, apiTokens, accountChanges: () => changes }
}

/** Whether anything was deleted. */
export function deleteWhere<Key, Row>(
  rows: Map<Key, Row>,
  matches: (row: Row, key: Key) => boolean,
): boolean {
  const keys = [...rows].filter(([key, row]) => matches(row, key)).map(([key]) => key)
  for (const key of keys) rows.delete(key)
  return keys.length > 0
}

/** Rows that ascend in id: those after `after`. */
export function page<Row extends { readonly id: number }>(
  rows: readonly Row[],
  after: number | null,
  limit: number,
): readonly Row[] {
  return rows.filter(({ id }) => after === null || id > after).slice(0, limit)
}
