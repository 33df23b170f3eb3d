import { SenioError } from '@senio/protocol'
import type { NodeMessages } from '../../storage/node-messages.ts'
import type { Clock } from '../clock.ts'

/** Seconds of the allowed rate that may come at once. */
const BURST_SECONDS = 10

/** Seconds of the allowed rate that a node takes in before it tells the others. */
const UNTOLD_SECONDS = 0.1

/** `rate <id of a key> <requests>`: what another node has taken in. */
const MESSAGE = /^rate (\d+) (\d+)$/

interface Bucket {
  /** Below 0 when several nodes have taken in more than there was: then that is made up for. */
  tokens: number
  at: number
  /** Requests that other nodes don't know of. */
  untold: number
}

/**
 * Token buckets, one per device key. Several nodes have one each and take from it what the others tell that they have
 * taken in: so all together they let through the rate, and at once at most what each takes in before it tells more
 * than a burst.
 */
export class RateLimiter {
  readonly #perSecond: number
  readonly #capacity: number
  readonly #mostUntold: number
  readonly #clock: Clock
  readonly #messages: NodeMessages | null
  readonly #buckets = new Map<number, Bucket>()
  #isListening = false

  /** @param messages to the other nodes; null where there are none */
  constructor(perSecond: number, clock: Clock, messages: NodeMessages | null = null) {
    this.#perSecond = perSecond
    this.#capacity = perSecond * BURST_SECONDS
    this.#mostUntold = perSecond * UNTOLD_SECONDS
    this.#clock = clock
    this.#messages = messages
  }

  /** Counts one request. @throws SenioError `rate-limited` */
  take(keyId: number): void {
    this.#listenOnce()
    const bucket = this.#bucket(keyId)
    if (bucket.tokens < 1) {
      const retryAfter = Math.max(1, Math.ceil((1 - bucket.tokens) / this.#perSecond))
      throw new SenioError(
        'rate-limited',
        `This key sends more than ${this.#perSecond} requests a second. Send several measurements in one request, or slow down.`,
        { retryAfter },
      )
    }
    bucket.tokens--
    if (this.#messages === null || ++bucket.untold < this.#mostUntold) return
    this.#messages.send(`rate ${keyId} ${bucket.untold}`)
    bucket.untold = 0
  }

  #listenOnce(): void {
    if (this.#isListening || this.#messages === null) return
    this.#isListening = true
    this.#messages.listen({
      onMessage: (message) => {
        const [, keyId, requests] = MESSAGE.exec(message) ?? []
        if (keyId !== undefined) this.#bucket(Number(keyId)).tokens -= Number(requests)
      },
      // Requests that nobody knows of are let off.
      onMissed: () => {},
    })
  }

  /** As of now. */
  #bucket(keyId: number): Bucket {
    const now = this.#clock()
    const known = this.#buckets.get(keyId)
    if (known === undefined) {
      this.#forgetFull(now)
      const bucket = { tokens: this.#capacity, at: now, untold: 0 }
      this.#buckets.set(keyId, bucket)
      return bucket
    }
    known.tokens = this.#filled(known, now)
    known.at = now
    return known
  }

  #filled({ tokens, at }: Bucket, now: number): number {
    // A clock set back must not freeze the bucket.
    const elapsed = Math.max(0, now - at) / 1000
    return Math.min(this.#capacity, tokens + elapsed * this.#perSecond)
  }

  /** Buckets that have filled up again say nothing: without this the map would grow for ever. */
  #forgetFull(now: number): void {
    if (this.#buckets.size < 10_000) return
    for (const [keyId, bucket] of this.#buckets) {
      if (this.#filled(bucket, now) >= this.#capacity) this.#buckets.delete(keyId)
    }
  }
}
