import { SenioError } from '@senio/protocol'
import type { Account, AccountId, AccountStore, SessionStore } from '../../storage/account-store.ts'
import type { Clock } from '../clock.ts'
import { idAfter, type Page, toPage } from '../page.ts'
import { checkNewPassword, normaliseEmail, parseEmail } from './credentials.ts'
import type { PasswordHasher } from './password-hasher.ts'
import { hashSecret } from '../secrets.ts'

export interface AccountsOptions {
  readonly accounts: AccountStore
  readonly sessions: SessionStore
  readonly hasher: PasswordHasher
  readonly now: Clock
  /** Starts the removal of what is marked as deleted; doesn't wait for it. */
  readonly purge: () => void
}

/** The people of an installation. */
export class Accounts {
  readonly #accounts: AccountStore
  readonly #sessions: SessionStore
  readonly #hasher: PasswordHasher
  readonly #now: Clock
  readonly #purge: () => void

  constructor(options: AccountsOptions) {
    this.#accounts = options.accounts
    this.#sessions = options.sessions
    this.#hasher = options.hasher
    this.#now = options.now
    this.#purge = options.purge
  }

  /**
   * The first account of an installation becomes its administrator, later ones are members.
   * @throws SenioError `parameter-invalid`, `name-taken`
   */
  async create(request: { readonly email: string; readonly password: string }): Promise<Account> {
    const row = await this.#newRow(request)
    if ((await this.#accounts.count()) === 0) {
      try {
        return await this.#accounts.create({ ...row, role: 'admin' }, { onlyFirst: true })
      } catch (error) {
        // Somebody else was first in the meantime.
        if (!(error instanceof SenioError) || error.code !== 'setup-refused') throw error
      }
    }
    return await this.#accounts.create({ ...row, role: 'member' })
  }

  /**
   * The administrator, as long as there is no account at all.
   * @throws SenioError `setup-refused` when there is one; `parameter-invalid`
   */
  async createFirst(request: { readonly email: string; readonly password: string }): Promise<Account> {
    const row = await this.#newRow(request)
    return await this.#accounts.create({ ...row, role: 'admin' }, { onlyFirst: true })
  }

  /** Whether there is any account. */
  async exist(): Promise<boolean> {
    return (await this.#accounts.count()) > 0
  }

  /** null when there is none. `email` in any spelling. */
  async findByEmail(email: string): Promise<Account | null> {
    const found = await this.#accounts.findByEmail(normaliseEmail(email))
    return found?.account ?? null
  }

  /**
   * Ordered by age.
   * @param cursor null for the first page
   * @throws SenioError `parameter-invalid` for a bad cursor
   */
  async list(limit: number, cursor: string | null): Promise<Page<Account>> {
    const after = idAfter(cursor) as AccountId | null
    return toPage(await this.#accounts.list(after, limit + 1), limit, (account) => account.id)
  }

  /**
   * With its sensors and everything that they measured.
   * @throws SenioError `not-found`; `parameter-invalid` for the only administrator
   */
  async delete(id: AccountId): Promise<void> {
    const account = await this.#accounts.find(id)
    if (account?.role === 'admin' && !(await this.#hasOtherAdmin(id))) {
      throw new SenioError(
        'parameter-invalid',
        "This is the only administrator: without one nobody could manage the installation. It can't be deleted.",
        { field: 'id' },
      )
    }
    if (account === null || !(await this.#accounts.delete(id))) {
      throw new SenioError('not-found', 'There is no such account.')
    }
    this.#purge()
  }

  /**
   * Ends every session of the account but the one kept.
   * @param keepSession the token of a session; null keeps none
   * @throws SenioError `parameter-invalid`
   */
  async setPassword(account: AccountId, password: string, keepSession: string | null): Promise<void> {
    const found = await this.#accounts.find(account)
    await checkNewPassword(password, found?.email ?? '', 'newPassword')
    await this.#accounts.setPasswordHash(account, await this.#hasher.hash(password))
    await this.#sessions.deleteAll(account, keepSession === null ? null : hashSecret(keepSession))
  }

  async #newRow({ email, password }: { readonly email: string; readonly password: string }) {
    const parsed = parseEmail(email)
    await checkNewPassword(password, parsed)
    return { email: parsed, passwordHash: await this.#hasher.hash(password), created: this.#now() }
  }

  async #hasOtherAdmin(id: AccountId): Promise<boolean> {
    for (let after: AccountId | null = null; ;) {
      const page: readonly Account[] = await this.#accounts.list(after, 1000)
      if (page.some((account) => account.role === 'admin' && account.id !== id)) return true
      const last = page.at(-1)
      if (last === undefined) return false
      after = last.id
    }
  }
}
