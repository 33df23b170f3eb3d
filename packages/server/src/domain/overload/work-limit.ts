import { type DurationMs, durationMs } from '@senio/protocol'

export interface WorkLimitOptions {
  /** ms that only go forward. */
  readonly elapsed: () => number
  /** How long work should take at most. */
  readonly target?: DurationMs
  /** Bytes of work that may always be in progress. */
  readonly least?: number
  /** So many at a time are no crowd, however slow the machine or its disk is at the moment. */
  readonly crowd?: number
}

/** Of which a publisher that should wait half a second at most also waits before it is read, and for its answer. */
const TARGET = durationMs(130)
/** What a request weighs beside its bytes. */
const REQUEST = 512
/** Where the limit begins. What is too little grows within a second, what is too much is waited for by whoever comes first. */
const FIRST = 1024 * 1024
/** Some hundreds of single measurements, or a few long lists. */
const LEAST = 128 * 1024
/** More than that at a time, whatever each of them brings. */
export const CROWD = 200
const MOST = 8 * 1024 * 1024
/** Of what was in progress, when work has taken too long. */
const CUT = 0.7
/** Of what was done in time the limit grows by. */
const GROWTH = 1 / 16
/** ms without any work after which a low limit says nothing any more. */
const FORGOTTEN = 1000
/** ms until those who were sent away have come back. */
const RECENT = 1000

/** Something that is in progress. */
export interface Work {
  /** When it began, ms. */
  readonly began: number
  readonly weight: number
  /** When it began or went on, ms; null while it waits for somebody else. */
  since: number | null
  /** ms that it took before that. */
  spent: number
}

/**
 * How much may be in progress so that it takes no longer than it should. What that is nobody knows: it is learned, as TCP
 * learns what a network takes. Of much work, or many at a time: what took too long lowers the limit at once, what didn't raises it
 * bit by bit.
 */
export class WorkLimit {
  readonly #elapsed: () => number
  readonly #target: DurationMs
  readonly #least: number
  readonly #crowd: number
  readonly #first: number
  #limit: number
  #weight = 0
  #count = 0
  /** When something was done or went on last, or began while there was nothing else. */
  #moved = 0
  /** Work that began before that says nothing about the limit as it is now. */
  #cut = -Infinity
  /** When there was much to do last. */
  #much = -Infinity

  constructor({ elapsed, target = TARGET, least = LEAST, crowd = CROWD }: WorkLimitOptions) {
    this.#elapsed = elapsed
    this.#target = target
    this.#least = least
    this.#crowd = crowd
    this.#first = Math.max(FIRST, least)
    this.#limit = this.#first
  }

  /** Things in progress. */
  get count(): number {
    return this.#count
  }

  /** Whether nothing more should begin. */
  get isReached(): boolean {
    if (this.#weight >= this.#limit) return true
    return this.#count > this.#crowd && this.#elapsed() - this.#moved > this.#target
  }

  /** Whether there is much to do, or was a moment ago. */
  get wasMuch(): boolean {
    return this.#elapsed() - this.#much < RECENT
  }

  /** So much that it says something about the limit: half of it, or a crowd. */
  get #isMuch(): boolean {
    return this.#weight >= this.#limit / 2 || this.#count > this.#crowd
  }

  /** @param bytes of what is to be done. @returns for `end` */
  begin(bytes: number): Work {
    const now = this.#elapsed()
    const work = { began: now, weight: REQUEST + bytes, since: null, spent: 0 }
    this.#resume(work, now)
    return work
  }

  /** It waits for somebody else: until it goes on it is none of the work that there is. */
  wait(work: Work): void {
    if (work.since === null) return
    work.spent += this.#elapsed() - work.since
    work.since = null
    this.#weight -= work.weight
    this.#count--
  }

  /** More of it has come. */
  goOn(work: Work): void {
    const now = this.#elapsed()
    if (work.since === null) this.#resume(work, now)
    this.#moved = now
  }

  #resume(work: Work, now: number): void {
    work.since = now
    this.#weight += work.weight
    this.#count++
    if (this.#isMuch) this.#much = now
    if (this.#count > 1) return
    if (now - this.#moved > FORGOTTEN) this.#limit = Math.max(this.#limit, this.#first)
    this.#moved = now
  }

  /** It is done, or given up. To be called once. */
  end(work: Work): void {
    if (work.since === null) return
    this.#moved = this.#elapsed()
    const isMuch = this.#isMuch
    this.wait(work)
    if (isMuch) this.#learn(work)
  }

  #learn({ began, weight, spent }: Work): void {
    if (spent <= this.#target) this.#limit = Math.min(MOST, this.#limit + weight * GROWTH)
    else if (began >= this.#cut) {
      this.#limit = Math.max(this.#least, Math.min(this.#limit, this.#weight + weight) * CUT)
      this.#cut = this.#moved
    }
  }
}
