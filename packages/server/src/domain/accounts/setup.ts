import { randomBytes } from 'node:crypto'
import { SenioError } from '@senio/protocol'
import type { Account } from '../../storage/account-store.ts'
import type { SetupTokenStore } from '../../storage/setup-token-store.ts'
import { hashSecret } from '../secrets.ts'
import type { Accounts } from './accounts.ts'

/**
 * The first account, by a one-time link that each serving process prints. Whichever link is used, any node takes it,
 * and with the first account all of them have had their day.
 */
export class Setup {
  readonly #accounts: Accounts
  readonly #tokens: SetupTokenStore
  #token: string | null = null
  #done = false

  constructor(accounts: Accounts, tokens: SetupTokenStore) {
    this.#accounts = accounts
    this.#tokens = tokens
  }

  /** The token for the link: 128 random bits, base64url, the same at every call; null when no set-up is needed. */
  async token(): Promise<string | null> {
    if (!(await this.isNeeded())) return null
    if (this.#token === null) {
      const token = randomBytes(16).toString('base64url')
      this.#token = token
      // Where it can't be stored now, this process knows it.
      await this.#tokens.add(hashSecret(token)).catch(() => {})
    }
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
    if (!(await this.isNeeded()) || !(await this.#isKnown(hashSecret(request.token)))) {
      throw new SenioError(
        'setup-refused',
        'This set-up link was used already or is wrong. While there is no account, the server prints a new one when it starts.',
      )
    }
    const account = await this.#accounts.createFirst(request)
    this.#done = true
    this.#token = null
    // Left ones open nothing.
    await this.#tokens.clear().catch(() => {})
    return account
  }

  async #isKnown(tokenHash: string): Promise<boolean> {
    const isOwn = this.#token !== null && hashSecret(this.#token) === tokenHash
    return isOwn || (await this.#tokens.has(tokenHash))
  }
}
