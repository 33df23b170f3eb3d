import type { TimestampMs } from '@senio/protocol'

export type AccountId = number & { readonly __id: 'account' }

export type Role = 'admin' | 'member'

export interface Account {
  readonly id: AccountId
  /** Lower case. */
  readonly email: string
  readonly role: Role
  readonly created: TimestampMs
}

export interface AccountStore {
  /**
   * @throws SenioError `name-taken`; with `onlyFirst`, `setup-refused` when any account exists (checked in the
   *   same transaction)
   */
  create(
    account: {
      readonly email: string
      readonly passwordHash: string
      readonly role: Role
      readonly created: TimestampMs
    },
    options?: { readonly onlyFirst?: boolean },
  ): Promise<Account>
  count(): Promise<number>
  /** null when there is none. */
  find(id: AccountId): Promise<Account | null>
  /** With the hash of the password; null when there is none. `email` in lower case. */
  findByEmail(email: string): Promise<{ readonly account: Account; readonly passwordHash: string } | null>
  /** Those after `after`, ordered by id. */
  list(after: AccountId | null, limit: number): Promise<readonly Account[]>
  setPasswordHash(id: AccountId, passwordHash: string): Promise<void>
  /** With its sessions, tokens, views and sensors (marked as deleted). False when there is none. */
  delete(id: AccountId): Promise<boolean>
}

/** When a session began and ends, unless it is used before. */
export interface SessionTimes {
  readonly created: TimestampMs
  readonly expires: TimestampMs
}

/** A session as lists show it. */
export interface StoredSession extends SessionTimes {
  /** Names it within the account: the first 16 hex digits of its hash, which open nothing. */
  readonly id: string
}

/** How many characters of a session's hash are its id. */
export const SESSION_ID_LENGTH = 16

/** Sessions of the web app. The cookie holds a random token; only its hash is stored. */
export interface SessionStore {
  create(session: {
    readonly tokenHash: string
    readonly account: AccountId
    readonly created: TimestampMs
    readonly expires: TimestampMs
  }): Promise<void>
  /** A session that has not expired, with its account; null otherwise. */
  find(tokenHash: string, now: TimestampMs): Promise<({ readonly account: Account } & SessionTimes) | null>
  /** Gives a session other times, unless somebody did so since it was found, or it has ended. */
  move(tokenHash: string, from: SessionTimes, to: SessionTimes): Promise<void>
  /** Those of an account that have not expired, newest first, at most `limit`. */
  list(account: AccountId, now: TimestampMs, limit: number): Promise<readonly StoredSession[]>
  delete(tokenHash: string): Promise<void>
  /** False when the account has no session of this id. */
  deleteById(account: AccountId, id: string): Promise<boolean>
  /** Every session of the account but the one kept. */
  deleteAll(account: AccountId, keepTokenHash: string | null): Promise<void>
  deleteExpired(now: TimestampMs): Promise<void>
}

export interface ApiToken {
  readonly id: number
  readonly label: string
  readonly created: TimestampMs
  readonly lastUsed: TimestampMs | null
}

/** Personal API tokens. Only their hash is stored. */
export interface ApiTokenStore {
  create(token: {
    readonly account: AccountId
    readonly tokenHash: string
    readonly label: string
    readonly created: TimestampMs
  }): Promise<ApiToken>
  /** Those after `after`, ordered by id. */
  list(account: AccountId, after: number | null, limit: number): Promise<readonly ApiToken[]>
  /** Null when there is none. */
  find(tokenHash: string): Promise<{ readonly id: number; readonly account: Account } | null>
  touch(id: number, lastUsed: TimestampMs): Promise<void>
  /** False when the account has no such token. */
  delete(account: AccountId, id: number): Promise<boolean>
}
