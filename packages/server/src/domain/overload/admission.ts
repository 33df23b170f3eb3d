import { type DurationMs, durationMs } from '@senio/protocol'
import { OVERLOADED } from './overloaded.ts'
import { CROWD, type Work, WorkLimit, type WorkLimitOptions } from './work-limit.ts'

export interface AdmissionOptions extends WorkLimitOptions {
  /** How late the event loop may be before more are sent away. */
  readonly lateness?: DurationMs
}

/** Between two looks at how late the event loop is. */
const TICK = 20
/** Whoever is let in waits for the rest of this round of the loop, and for the next ones, which are as long. */
const LATENESS = durationMs(50)
/**
 * What a picture weighs beside JSON, in bytes of that. It takes as long as three times as much, most of which is the disk's time;
 * as many as make a crowd may come at once where nothing else goes on.
 */
const PICTURE = 4.5 * 1024
/** ms: who waited longer to be read is answered too late where there is much to do. */
const PATIENCE = 250

/**
 * Sends publishers away while more come than the machine takes, so that those who are taken in are answered soon. A
 * single slow moment, of the disk or of the garbage collector, sends nobody away: only a crowd does.
 */
export class Admission {
  readonly #elapsed: () => number
  readonly #lateness: DurationMs
  readonly #crowd: number
  readonly #work: WorkLimit
  #timer: NodeJS.Timeout | null = null
  #due = Infinity
  /** Let in during this turn of the event loop, and not counted as work yet. */
  #admitted = 0
  /** Whether the end of this turn is waited for. */
  #awaitsTurn = false

  constructor(options: AdmissionOptions) {
    this.#elapsed = options.elapsed
    this.#lateness = options.lateness ?? LATENESS
    this.#crowd = options.crowd ?? CROWD
    this.#work = new WorkLimit(options)
  }

  /** Begins to watch the event loop. */
  start(): void {
    this.#due = this.#elapsed() + TICK
    this.#timer ??= setInterval(() => this.tick(), TICK).unref()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
    this.#due = Infinity
  }

  /** The event loop has come round. */
  tick(): void {
    this.#due = this.#elapsed() + TICK
  }

  /** How late the event loop is at this moment. */
  get lag(): DurationMs {
    return durationMs(Math.max(0, this.#elapsed() - this.#due))
  }

  /** Whether background work had better rest. */
  get isBusy(): boolean {
    return this.lag > this.#lateness / 2 || this.#work.count > this.#crowd / 10
  }

  /**
   * Lets a publisher in who has just come.
   * @param waited ms for which we kept from reading what it sent
   * @throws SenioError `overloaded`
   */
  admit(waited = 0): void {
    this.#refuse(waited)
    if (this.#admitted + this.#work.count >= this.#crowd && this.lag > this.#lateness) throw OVERLOADED
    this.#admitted++
    if (this.#awaitsTurn) return
    this.#awaitsTurn = true
    setImmediate(() => {
      this.#awaitsTurn = false
      this.#admitted = 0
    })
  }

  /**
   * What was let in has come whole: from now on it is the server that it waits for.
   * @param bytes of JSON that is to be parsed and stored
   * @throws SenioError `overloaded` when enough came meanwhile
   */
  begin(bytes: number, waited = 0): Work {
    this.#refuse(waited)
    return this.#work.begin(bytes)
  }

  /** Likewise for pictures, which are stored while they come. @throws SenioError `overloaded` */
  beginPicture(waited = 0): Work {
    const work = this.begin(PICTURE, waited)
    // It begins in the turn in which it was let in: it isn't counted twice.
    if (this.#admitted > 0) this.#admitted--
    return work
  }

  /** It waits for its sender. */
  wait(work: Work): void {
    this.#work.wait(work)
  }

  goOn(work: Work): void {
    this.#work.goOn(work)
  }

  /** It is stored, or refused. */
  end(work: Work): void {
    this.#work.end(work)
  }

  /** Those who can't be answered in time any more go behind all who can, or nobody would be answered in time. */
  #refuse(waited: number): void {
    if (this.#work.isReached) throw OVERLOADED
    if (waited + this.lag > PATIENCE && this.#work.wasMuch) throw OVERLOADED
  }
}
