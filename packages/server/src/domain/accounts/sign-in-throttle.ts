import { SenioError } from '@senio/protocol'
import type { Attempts, AttemptStore } from '../../storage/attempt-store.ts'
import { hashSecret } from '../secrets.ts'
import { clientNetwork } from './client-address.ts'
import { MemoryAttempts } from './memory-attempts.ts'

/** Failures in a row that cost nothing, and the longest wait (ms) after more of them: it doubles from a second. */
interface Rule {
  readonly free: number
  readonly longest: number
  /** How long (ms) the entry is kept after its last failure. */
  readonly kept: number
}

const MINUTE = 60_000
/** Failures are forgotten this long (ms) after the last wait. */
const FORGET = 60 * MINUTE
/** An e-mail address, from wherever. The longest wait is short: nobody can lock somebody else out for long. */
const EMAIL: Rule = { free: 10, longest: MINUTE, kept: FORGET }
const CLIENT: Rule = { free: 15, longest: 15 * MINUTE, kept: FORGET }
/**
 * An e-mail address from where it signed in before: failures of others, or elsewhere, don't count against it. That it
 * has an entry says that it did.
 */
const KNOWN: Rule = { free: 10, longest: MINUTE, kept: 90 * 24 * 60 * MINUTE }

/** An attempt that was let through. Call `succeeded` when the password was right; otherwise it stays a failure. */
export interface Attempt {
  succeeded(): Promise<void>
}

/**
 * Slows down guessing of passwords: per e-mail address and per client, exponentially, over all nodes and restarts.
 * Attempts count when they begin, so that many at once are no way around it. While nothing can be stored, it goes on
 * in memory: a full disk keeps nobody out.
 */
export class SignInThrottle {
  readonly #store: AttemptStore
  readonly #memory: AttemptStore

  /** @param clock for while the store fails: ms that only grow, for example `performance.now` */
  constructor(store: AttemptStore, clock: () => number) {
    this.#store = store
    this.#memory = new MemoryAttempts(clock)
  }

  /** @throws SenioError `rate-limited` with the seconds to wait */
  async begin(email: string, clientAddress: string): Promise<Attempt> {
    const client = clientNetwork(clientAddress)
    const pairKey = keyOf('pair', `${client} ${email}`)
    const emailKey = keyOf('email', email)
    const clientKey = keyOf('client', client)
    const keys = [pairKey, emailKey, clientKey]
    const rulesFor = (found: ReadonlyMap<string, Attempts>): ReadonlyMap<string, Rule> =>
      found.has(pairKey)
        ? new Map([[pairKey, KNOWN]])
        : new Map([
            [emailKey, EMAIL],
            [clientKey, CLIENT],
          ])
    const check = (found: ReadonlyMap<string, Attempts>, now: number): void => {
      for (const [key, rule] of rulesFor(found)) checkFree(found.get(key), rule, now)
    }

    // Those who are refused write nothing.
    await this.#either((store) => store.read(keys, check))
    await this.#either((store) =>
      store.update(keys, (found, now) => {
        check(found, now)
        return new Map(
          [...rulesFor(found)].map(([key, rule]) => [key, failedOnce(found.get(key), rule, now)]),
        )
      }),
    )
    return {
      succeeded: () =>
        this.#either((store) =>
          store.update(keys, (found, now) => {
            const wasKnown = found.has(pairKey)
            const known: Attempts = { failures: 0, blockedUntil: now, expires: now + KNOWN.kept }
            return new Map<string, Attempts | null>([
              [pairKey, known],
              // A client isn't forgotten altogether: otherwise one's own account would pay for guesses at others'.
              ...(wasKnown
                ? []
                : ([
                    [emailKey, null],
                    [clientKey, refunded(found.get(clientKey))],
                  ] as const)),
            ])
          }),
        ),
    }
  }

  async #either(work: (store: AttemptStore) => Promise<void>): Promise<void> {
    try {
      await work(this.#store)
    } catch (error) {
      const cannotStore =
        error instanceof SenioError && ['storage-failing', 'storage-full', 'overloaded'].includes(error.code)
      if (!cannotStore) throw error
      await work(this.#memory)
    }
  }
}

/**
 * Passwords get typed where the e-mail address belongs: so little of the hash is kept that many texts have the same.
 * Whoever shares a key by chance shares no more than waiting.
 */
function keyOf(kind: string, text: string): string {
  return `${kind} ${hashSecret(text).slice(0, 8)}`
}

function checkFree(attempts: Attempts | undefined, { longest }: Rule, now: number): void {
  const wait = (attempts?.blockedUntil ?? now) - now
  // Longer than any: the clock was set back.
  if (wait <= 0 || wait > longest) return
  const retryAfter = Math.ceil(wait / 1000)
  throw new SenioError(
    'rate-limited',
    `Too many failed attempts to sign in. Try again in ${retryAfter} ${retryAfter === 1 ? 'second' : 'seconds'}.`,
    { retryAfter },
  )
}

function failedOnce(before: Attempts | undefined, { free, longest, kept }: Rule, now: number): Attempts {
  const isRecent = before !== undefined && now - before.blockedUntil <= FORGET
  const failures = (isRecent ? before.failures : 0) + 1
  const wait = failures < free ? 0 : Math.min(1000 * 2 ** (failures - free), longest)
  return { failures, blockedUntil: now + wait, expires: now + wait + kept }
}

function refunded(before: Attempts | undefined): Attempts | null {
  return before === undefined || before.failures <= 1
    ? null
    : { ...before, failures: before.failures - 1, blockedUntil: 0 }
}
