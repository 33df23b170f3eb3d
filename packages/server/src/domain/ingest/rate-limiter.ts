import { SenioError } from '@senio/protocol'
import type { Clock } from '../clock.ts'

/** Seconds of the allowed rate that may come at once. */
const BURST_SECONDS = 10

/** Token buckets, one per device key. */
export class RateLimiter {
  readonly #perSecond: number
  readonly #clock: Clock
  readonly #buckets = new Map<number, { tokens: number; at: number }>()

  constructor(perSecond: number, clock: Clock) {
    this.#perSecond = perSecond
    this.#clock = clock
  }

  /** Counts one request. @throws SenioError `rate-limited` */
  take(keyId: number): void {
    const now = this.#clock()
    const capacity = this.#perSecond * BURST_SECONDS
    const bucket = this.#buckets.get(keyId)
    if (bucket === undefined) {
      this.#forgetFull(now)
      this.#buckets.set(keyId, { tokens: capacity - 1, at: now })
      return
    }
    // A clock set back must not freeze the bucket.
    const elapsed = Math.max(0, now - bucket.at) / 1000
    bucket.tokens = Math.min(capacity, bucket.tokens + elapsed * this.#perSecond)
    bucket.at = now
    if (bucket.tokens < 1) {
      const retryAfter = Math.max(1, Math.ceil((1 - bucket.tokens) / this.#perSecond))
      throw new SenioError(
        'rate-limited',
        `This key sends more than ${this.#perSecond} requests a second. Send several measurements in one request, or slow down.`,
        { retryAfter },
      )
    }
    bucket.tokens--
  }

  /** Buckets that have filled up again say nothing: without this the map would grow for ever. */
  #forgetFull(now: number): void {
    if (this.#buckets.size < 10_000) return
    for (const [keyId, { at }] of this.#buckets) {
      if (now - at > BURST_SECONDS * 1000) this.#buckets.delete(keyId)
    }
  }
}
