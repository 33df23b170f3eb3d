import { SenioError } from '@senio/protocol'
import type { AccountId } from '../../storage/account-store.ts'

/**
 * At once and account, on one node: many screens and scripts, and still little memory, as each of them may hold up to a
 * megabyte that it was slow to read.
 */
const MOST = 100

/** Seconds after which to try again: somebody may have left by then. */
const RETRY_AFTER = 10

/** How many listen, by account. */
export class ListenerLimit {
  readonly #most: number
  readonly #listening = new Map<AccountId, number>()

  constructor(most = MOST) {
    this.#most = most
  }

  /**
   * One more.
   * @returns to be called once when that one has gone
   * @throws SenioError `rate-limited`
   */
  enter(account: AccountId): () => void {
    const listening = this.#listening.get(account) ?? 0
    if (listening >= this.#most) {
      throw new SenioError(
        'rate-limited',
        `At most ${this.#most} listen to the sensors of one account at a time. End some, or listen to several sensors at once: /api/v1/live.`,
        { retryAfter: RETRY_AFTER },
      )
    }
    this.#listening.set(account, listening + 1)
    let isGone = false
    return () => {
      if (isGone) return
      isGone = true
      const left = (this.#listening.get(account) ?? 1) - 1
      if (left === 0) this.#listening.delete(account)
      else this.#listening.set(account, left)
    }
  }
}
