import { randomBytes } from 'node:crypto'
import { SenioError } from '@senio/protocol'
import type { Account } from '../../storage/account-store.ts'
import type { Accounts } from './accounts.ts'
import { secretsEqual } from '../secrets.ts'

/**
 * The first account, by a one-time link that the serving process prints. The token lives in its memory alone and
 * is gone as soon as there is an account.
 */
export class Setup {
  readonly #accounts: Accounts
  #token: string | null = null
  #done = false

  constructor(accounts: Accounts) {
    this.#accounts = accounts
  }

  /** The token for the link: 128 random bits, base64url, the same at every call; null when no set-up is needed. */
  async token(): Promise<string | null> {
    if (!(await this.isNeeded())) return null
    this.#token ??= randomBytes(16).toString('base64url')
    return this.#token
  }

  /** Whether this installation waits for its first account. */
  async isNeeded(): Promise<boolean> {
    if (!this.#done && (await this.#accounts.exist())) {
      this.#done = true
      this.#token = null
    }
    return !this.#done
  }

  /** @throws SenioError `setup-refused`; `parameter-invalid`, after which the token still works */
  async complete(request: {
    readonly token: string
    readonly email: string
    readonly password: string
  }): Promise<Account> {
    const needed = await this.isNeeded()
    if (!needed || this.#token === null || !secretsEqual(request.token, this.#token)) {
      throw new SenioError(
        'setup-refused',
        'This set-up link was used already or is wrong. While there is no account, the server prints a new one when it starts.',
      )
    }
    const account = await this.#accounts.createFirst(request)
    this.#done = true
    this.#token = null
    return account
  }
}
