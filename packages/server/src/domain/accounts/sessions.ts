import { DAY, HOUR, isStorableText, MINUTE, SenioError, timestampMs, type TimestampMs } from '@senio/protocol'
import {
  type Account,
  type AccountId,
  type AccountStore,
  SESSION_ID_LENGTH,
  type SessionStore,
  type SessionTimes,
  type StoredSession,
} from '../../storage/account-store.ts'
import type { Clock } from '../clock.ts'
import type { Accounts } from './accounts.ts'
import { normaliseEmail } from './credentials.ts'
import { MakeshiftSessions } from './makeshift-sessions.ts'
import type { PasswordHasher } from './password-hasher.ts'
import { hashSecret, randomSecret } from '../secrets.ts'
import type { SignInThrottle } from './sign-in-throttle.ts'

/** How long a session lasts, however much it is used. */
export const SESSION_DURATION = 30 * DAY

/** How long a session lasts without being used, if nothing else is said. */
export const SESSION_IDLE = 14 * DAY

/** Its end is moved only by so much at a time, so that most requests write nothing. */
const STEP = HOUR

/** How many sessions a list shows: whoever has more needs to end them rather than to see them. */
const MOST_LISTED = 100

/** Sessions whose last move is remembered. */
const MOST_MOVED = 10_000

/** A session as its owner sees it. */
export interface ListedSession extends StoredSession {
  /** Whether it is that of whoever asks. */
  readonly current: boolean
}

/** A session that has just begun: the only time that its token is known. */
export interface NewSession {
  readonly account: Account
  /** 256 random bits, base64url. */
  readonly token: string
  /** At the latest, however much it is used. */
  readonly expires: TimestampMs
}

export interface SessionsOptions {
  readonly accounts: AccountStore
  readonly sessions: SessionStore
  /** Changes the passwords. */
  readonly people: Accounts
  readonly hasher: PasswordHasher
  readonly throttle: SignInThrottle
  /** ms without use after which a session ends; `SESSION_IDLE` by default. */
  readonly idle?: number
  readonly now: Clock
  /** Told of failures that nobody waits for. */
  readonly report: (error: unknown) => void
}

/** Who is signed in, and how they came in. */
export class Sessions {
  readonly #accounts: AccountStore
  readonly #sessions: SessionStore
  readonly #people: Accounts
  readonly #hasher: PasswordHasher
  readonly #throttle: SignInThrottle
  readonly #now: Clock
  readonly #makeshift: MakeshiftSessions
  readonly #idle: number
  readonly #report: (error: unknown) => void
  /** Sessions whose end was to be moved in that minute, by their hash. */
  readonly #moved = new Map<string, number>()

  constructor(options: SessionsOptions) {
    this.#accounts = options.accounts
    this.#sessions = options.sessions
    this.#people = options.people
    this.#hasher = options.hasher
    this.#throttle = options.throttle
    this.#now = options.now
    this.#makeshift = new MakeshiftSessions(options.accounts)
    this.#idle = options.idle ?? SESSION_IDLE
    this.#report = options.report
  }

  /**
   * Always begins a new session with a token of its own. On a full disk it lasts for an hour at most, in this process.
   * @param request.client the client's IP address
   * @throws SenioError `wrong-credentials` (the same for an unknown e-mail address), `rate-limited`, `overloaded`
   */
  async signIn(request: {
    readonly email: string
    readonly password: string
    readonly client: string
  }): Promise<NewSession> {
    const account = await this.#checkPassword(normaliseEmail(request.email), request.password, request.client)
    if (account === null) {
      throw new SenioError('wrong-credentials', 'The e-mail address or the password is wrong.')
    }
    return await this.begin(account)
  }

  /** Begins a session for somebody who has proven otherwise who they are. */
  async begin(account: Account): Promise<NewSession> {
    const now = this.#now()
    const token = randomSecret()
    const tokenHash = hashSecret(token)
    const last = timestampMs(now + SESSION_DURATION)
    try {
      await this.#sessions.deleteExpired(now)
      const expires = this.#endOf(now, now)
      await this.#sessions.create({ tokenHash, account: account.id, created: now, expires })
      return { account, token, expires: last }
    } catch (error) {
      if (!(error instanceof SenioError) || error.code !== 'storage-full') throw error
      // Who is to make room must get in.
      const ends = await this.#makeshift.create(tokenHash, account.email, now)
      if (ends === null) throw error
      return { account, token, expires: ends }
    }
  }

  /** Ends a session; unknown tokens are ignored. */
  async end(token: string): Promise<void> {
    const tokenHash = hashSecret(token)
    if (this.#makeshift.delete(tokenHash)) return
    await this.#sessions.delete(tokenHash)
  }

  /**
   * Where an account is signed in, newest first; without sessions that a full disk keeps in memory.
   * @param session the token of whoever asks; null for none
   */
  async list(account: AccountId, session: string | null): Promise<readonly ListedSession[]> {
    const current = session === null ? null : hashSecret(session).slice(0, SESSION_ID_LENGTH)
    const listed = await this.#sessions.list(account, this.#now(), MOST_LISTED)
    return listed.map((one) => ({ ...one, current: one.id === current }))
  }

  /** @throws SenioError `not-found` when the account has no such session */
  async endById(account: AccountId, id: string): Promise<void> {
    if (id.length === SESSION_ID_LENGTH && (await this.#sessions.deleteById(account, id))) return
    throw new SenioError('not-found', 'There is no such session.')
  }

  /**
   * Ends every session of the account but one.
   * @param session the token of the one that goes on; null for none
   */
  async endOthers(account: Account, session: string | null): Promise<void> {
    const keep = session === null ? null : hashSecret(session)
    this.#makeshift.deleteAll(account.email, keep)
    await this.#sessions.deleteAll(account.id, keep)
  }

  /** Ends every session of an account, for whoever looks after the installation. @throws SenioError `not-found` */
  async endAll(id: AccountId): Promise<Account> {
    const account = await this.#accounts.find(id)
    if (account === null) throw new SenioError('not-found', 'There is no such account.')
    await this.endOthers(account, null)
    return account
  }

  /** Whose session it is; null when it has ended or never was. Notes the use, to the hour. */
  async accountBySession(token: string): Promise<Account | null> {
    const tokenHash = hashSecret(token)
    const now = this.#now()
    const found = await this.#sessions.find(tokenHash, now)
    if (found === null) return await this.#makeshift.find(tokenHash, now)
    // Begun when the clock was wrong by more than a session lasts.
    if (found.created > now + SESSION_DURATION) return null
    this.#noteUse(tokenHash, found, now)
    return found.account
  }

  /**
   * Ends every other session of the account.
   * @param request.session the token of the session that goes on; null for none
   * @throws SenioError `parameter-invalid` (field `currentPassword` when that is wrong), `rate-limited`, `overloaded`
   */
  async changePassword(request: {
    readonly account: Account
    readonly currentPassword: string
    readonly newPassword: string
    readonly session: string | null
    readonly client: string
  }): Promise<void> {
    const { account, currentPassword, newPassword, session, client } = request
    if ((await this.#checkPassword(account.email, currentPassword, client)) === null) {
      throw new SenioError('parameter-invalid', 'The current password is wrong.', {
        field: 'currentPassword',
      })
    }
    await this.#people.setPassword(account.id, newPassword, session)
  }

  /** When a session ends that is used now and not again. */
  #endOf(created: TimestampMs, now: TimestampMs): TimestampMs {
    return timestampMs(Math.min(created + SESSION_DURATION, now + this.#idle))
  }

  #noteUse(tokenHash: string, { created, expires }: SessionTimes, now: TimestampMs): void {
    // A clock that was set back must not make a session last longer.
    const begun = created > now + STEP ? now : created
    const end = this.#endOf(begun, now)
    if (begun === created && Math.abs(end - expires) < STEP) return
    const minute = Math.floor(now / MINUTE)
    if (this.#moved.get(tokenHash) === minute) return
    if (this.#moved.size >= MOST_MOVED) this.#moved.clear()
    this.#moved.set(tokenHash, minute)
    // A disk that is full must not keep anybody from reading.
    const from = { created, expires }
    this.#sessions.move(tokenHash, from, { created: begun, expires: end }).catch(this.#report)
  }

  /** The account if the password is right; null otherwise, after the same time for unknown addresses. */
  async #checkPassword(email: string, password: string, client: string): Promise<Account | null> {
    const attempt = await this.#throttle.begin(email, client)
    // Nobody's address holds what a database can't.
    const found = isStorableText(email) ? await this.#accounts.findByEmail(email) : null
    const right = await this.#hasher.verify(password, found?.passwordHash ?? null)
    if (!right || found === null) return null
    await attempt.succeeded()
    return found.account
  }
}
