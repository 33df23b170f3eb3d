import { SenioError } from '@senio/protocol'
import { clientNetwork } from './client-address.ts'

interface Failures {
  count: number
  /** When the next attempt may be made; on the throttle's own clock, ms. */
  blockedUntil: number
  last: number
}

/** Failures in a row that cost nothing, and the longest wait (ms) after more of them: it doubles from a second. */
interface Rule {
  readonly free: number
  readonly longest: number
}

const MINUTE = 60_000
/** An e-mail address, from wherever. The longest wait is short: nobody can lock somebody else out for long. */
const EMAIL: Rule = { free: 10, longest: MINUTE }
const CLIENT: Rule = { free: 15, longest: 15 * MINUTE }
/** An e-mail address from where it signed in before: failures of others, or elsewhere, don't count against it. */
const KNOWN: Rule = { free: 10, longest: MINUTE }

/** Failures are forgotten this long (ms) after the last one. */
const FORGET = 60 * MINUTE
/** Entries kept; beyond it the longest unused go first. */
const MAX_ENTRIES = 10_000

/** An attempt that was let through. Call `succeeded` when the password was right; otherwise it stays a failure. */
export interface Attempt {
  succeeded(): void
}

/**
 * Slows down guessing of passwords: per e-mail address and per client, exponentially. Attempts count when they
 * begin, so that many at once are no way around it. Kept in memory: a restart forgets.
 */
export class SignInThrottle {
  readonly #clock: () => number
  readonly #failures = new Map<string, Failures>()
  readonly #known = new Set<string>()

  /** @param clock ms that only grow, for example `performance.now` */
  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** @throws SenioError `rate-limited` with the seconds to wait */
  begin(email: string, clientAddress: string): Attempt {
    const client = clientNetwork(clientAddress)
    const pair = `pair ${client} ${email}`
    const emailKey = `email ${email}`
    const clientKey = `client ${client}`
    const rules: readonly (readonly [string, Rule])[] = this.#known.has(pair)
      ? [[pair, KNOWN]]
      : [
          [emailKey, EMAIL],
          [clientKey, CLIENT],
        ]
    for (const [key] of rules) this.#check(key)
    for (const [key, rule] of rules) this.#count(key, rule)
    return {
      succeeded: () => {
        for (const [key] of rules) {
          // A client isn't forgotten altogether: otherwise one's own account would pay for guesses at others'.
          if (key === clientKey) this.#refund(key)
          else this.#failures.delete(key)
        }
        remember(this.#known, pair)
      },
    }
  }

  #check(key: string): void {
    const now = this.#clock()
    const failures = this.#failures.get(key)
    if (failures === undefined || failures.blockedUntil <= now) return
    const retryAfter = Math.ceil((failures.blockedUntil - now) / 1000)
    throw new SenioError(
      'rate-limited',
      `Too many failed attempts to sign in. Try again in ${retryAfter} ${retryAfter === 1 ? 'second' : 'seconds'}.`,
      { retryAfter },
    )
  }

  #count(key: string, rule: Rule): void {
    const now = this.#clock()
    const before = this.#failures.get(key)
    const count = before === undefined || now - before.last > FORGET ? 1 : before.count + 1
    const wait = count < rule.free ? 0 : Math.min(1000 * 2 ** (count - rule.free), rule.longest)
    this.#failures.delete(key)
    this.#failures.set(key, { count, blockedUntil: now + wait, last: now })
    const [oldest] = this.#failures.keys()
    if (this.#failures.size > MAX_ENTRIES && oldest !== undefined) this.#failures.delete(oldest)
  }

  #refund(key: string): void {
    const failures = this.#failures.get(key)
    if (failures === undefined) return
    failures.count--
    failures.blockedUntil = 0
    if (failures.count <= 0) this.#failures.delete(key)
  }
}

function remember(known: Set<string>, pair: string): void {
  known.delete(pair)
  known.add(pair)
  const [oldest] = known
  if (known.size > MAX_ENTRIES && oldest !== undefined) known.delete(oldest)
}
