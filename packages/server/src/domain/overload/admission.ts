import { type DurationMs, durationMs } from '@senio/protocol'
import type { WriteLoad } from '../../storage/storage.ts'
import { OVERLOADED } from './overloaded.ts'

export interface AdmissionOptions {
  readonly writeLoad: () => WriteLoad
  /** ms that only go forward. */
  readonly elapsed: () => number
  /** How late the event loop may be before more are sent away. */
  readonly lateness?: DurationMs
  /** How old the oldest measurement that waits may be. */
  readonly patience?: DurationMs
  /** So many in that time are no crowd, however slow the machine or its disk is at the moment. */
  readonly crowd?: number
}

/** Between two looks at how late the event loop is. */
const TICK = 20
/** Whoever is let in waits for the rest of this round of the loop, and for the next one, which is as long. */
const LATENESS = durationMs(100)
/** Less than half of what a publisher should wait at most: the rest is for the commit and the way back. */
const PATIENCE = durationMs(200)
const CROWD = 200
/** So many bytes that wait are one as well: long lists of a few. */
const CROWD_BYTES = 4 * 1024 * 1024

/**
 * Sends publishers away while more come than the machine takes, so that those who are taken in are answered soon. A
 * single slow moment, of the disk or of the garbage collector, sends nobody away: only a crowd does.
 */
export class Admission {
  readonly #options: AdmissionOptions
  readonly #lateness: DurationMs
  readonly #patience: DurationMs
  readonly #crowd: number
  #timer: NodeJS.Timeout | null = null
  #due = Infinity
  #admitted = 0

  constructor(options: AdmissionOptions) {
    this.#options = options
    this.#lateness = options.lateness ?? LATENESS
    this.#patience = options.patience ?? PATIENCE
    this.#crowd = options.crowd ?? CROWD
  }

  /** Begins to watch the event loop. */
  start(): void {
    this.#due = this.#options.elapsed() + TICK
    this.#timer ??= setInterval(() => this.tick(), TICK).unref()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    this.#due = Infinity
  }

  /** The event loop has come round. */
  tick(): void {
    this.#due = this.#options.elapsed() + TICK
    this.#admitted = 0
  }

  /** How late the event loop is at this moment. */
  get lag(): DurationMs {
    return durationMs(Math.max(0, this.#options.elapsed() - this.#due))
  }

  /** Whether background work had better rest. */
  get isBusy(): boolean {
    return this.lag > this.#lateness / 2 || this.#options.writeLoad().calls > this.#crowd / 10
  }

  /** Lets a publisher in. @throws SenioError `overloaded` */
  admit(): void {
    this.#admitted++
    if (this.#admitted > this.#crowd && this.lag > this.#lateness) throw OVERLOADED
    const { calls, bytes, oldest } = this.#options.writeLoad()
    if ((calls > this.#crowd || bytes > CROWD_BYTES) && oldest > this.#patience) throw OVERLOADED
  }
}
