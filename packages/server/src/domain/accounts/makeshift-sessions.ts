import { HOUR, type TimestampMs, timestampMs } from '@senio/protocol'
import type { Account, AccountStore } from '../../storage/account-store.ts'

/** How long one lasts, used or not: long enough to look after the disk. */
const DURATION = HOUR

/** Most at a time; the oldest goes first. */
const MAX_SESSIONS = 100

interface MakeshiftSession {
  readonly email: string
  /** As it was at sign-in: a changed password ends the session. */
  readonly passwordHash: string
  expires: TimestampMs
}

/**
 * Sessions that can't be stored because the disk is full, so that people can sign in, read, and make room. Known to this
 * process alone, and gone with it.
 */
export class MakeshiftSessions {
  readonly #accounts: AccountStore
  readonly #sessions = new Map<string, MakeshiftSession>()

  constructor(accounts: AccountStore) {
    this.#accounts = accounts
  }

  /** Gives when it ends; null when the account is gone. @param tokenHash hex */
  async create(tokenHash: string, email: string, now: TimestampMs): Promise<TimestampMs | null> {
    const found = await this.#accounts.findByEmail(email)
    if (found === null) return null
    const [oldest] = this.#sessions.keys()
    if (this.#sessions.size >= MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest)
    const expires = timestampMs(now + DURATION)
    this.#sessions.set(tokenHash, { email, passwordHash: found.passwordHash, expires })
    return expires
  }

  /** Whether there was such a session. */
  delete(tokenHash: string): boolean {
    return this.#sessions.delete(tokenHash)
  }

  /** Every session of the account but the one kept. @param keepTokenHash null keeps none */
  deleteAll(email: string, keepTokenHash: string | null): void {
    for (const [tokenHash, session] of this.#sessions) {
      if (session.email === email && tokenHash !== keepTokenHash) this.#sessions.delete(tokenHash)
    }
  }

  /** Whose session it is; null when it has ended or never was. */
  async find(tokenHash: string, now: TimestampMs): Promise<Account | null> {
    const session = this.#sessions.get(tokenHash)
    if (session === undefined) return null
    // A clock that was set back must not make it last longer.
    session.expires = timestampMs(Math.min(session.expires, now + DURATION))
    const found = session.expires > now ? await this.#accounts.findByEmail(session.email) : null
    if (found?.passwordHash === session.passwordHash) return found.account
    this.#sessions.delete(tokenHash)
    return null
  }
}
