import { MINUTE, SenioError, timestampMs, type TimestampMs } from '@senio/protocol'
import type { Account, AccountId, ApiToken, ApiTokenStore } from '../../storage/account-store.ts'
import type { Clock } from '../clock.ts'
import { idAfter, type Page, toPage } from '../page.ts'
import { hashSecret, randomSecret } from '../secrets.ts'
import { VersionedCache } from '../versioned-cache.ts'

/** Most tokens of an account at a time. */
const MAX_API_TOKENS = 100

const PREFIX = 'senio_'
const TOKEN = /^senio_[A-Za-z0-9_-]{43}$/

/** An API token that is known. */
export interface OpenedToken {
  readonly id: number
  readonly account: Account
}

export interface ApiTokensOptions {
  readonly apiTokens: ApiTokenStore
  /** See `Database.registryVersion`. */
  readonly registryVersion: () => Promise<number>
  readonly now: Clock
  /** Told of failures that nobody waits for. */
  readonly report: (error: unknown) => void
}

/** Personal API tokens: what scripts use instead of a password. */
export class ApiTokens {
  readonly #store: ApiTokenStore
  readonly #now: Clock
  readonly #report: (error: unknown) => void
  readonly #cache: VersionedCache<OpenedToken>
  readonly #touched = new Map<number, TimestampMs>()

  constructor(options: ApiTokensOptions) {
    this.#store = options.apiTokens
    this.#now = options.now
    this.#report = options.report
    this.#cache = new VersionedCache(options.registryVersion)
  }

  /**
   * The only time that the token itself is known: `senio_` and 256 random bits, base64url.
   * @throws SenioError `limit-reached`
   */
  async create(account: AccountId, label: string): Promise<ApiToken & { readonly token: string }> {
    const existing = await this.#store.list(account, null, MAX_API_TOKENS)
    if (existing.length >= MAX_API_TOKENS) {
      throw new SenioError(
        'limit-reached',
        `An account has at most ${MAX_API_TOKENS} API tokens. Revoke one that is no longer used.`,
      )
    }
    const token = PREFIX + randomSecret()
    const row = await this.#store.create({
      account,
      tokenHash: hashSecret(token),
      label,
      created: this.#now(),
    })
    return { ...row, token }
  }

  /**
   * Ordered by age.
   * @param cursor null for the first page
   * @throws SenioError `parameter-invalid` for a bad cursor
   */
  async list(account: AccountId, limit: number, cursor: string | null): Promise<Page<ApiToken>> {
    const after = idAfter(cursor)
    return toPage(await this.#store.list(account, after, limit + 1), limit, (token) => token.id)
  }

  /** From now on the token is refused. @throws SenioError `not-found` */
  async revoke(account: AccountId, id: number): Promise<void> {
    this.#touched.delete(id)
    if (!(await this.#store.delete(account, id)))
      throw new SenioError('not-found', 'There is no such API token.')
  }

  /** What a token opens; null when it was revoked or never was. Notes the use, to the minute. */
  async open(token: string): Promise<OpenedToken | null> {
    if (!TOKEN.test(token)) return null
    const hash = hashSecret(token)
    const found = await this.#cache.get(hash, () => this.#store.find(hash))
    if (found === null) return null
    this.#touch(found.id)
    return found
  }

  #touch(id: number): void {
    const minute = timestampMs(Math.floor(this.#now() / MINUTE) * MINUTE)
    if (this.#touched.get(id) === minute) return
    this.#touched.set(id, minute)
    // A disk that is full must not keep anybody from reading.
    this.#store.touch(id, minute).catch(this.#report)
  }
}
