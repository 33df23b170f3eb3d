import { SenioError } from '@senio/protocol'

/** Lets a bounded number of tasks run at once, in the order they came. */
export class Gate {
  readonly #atOnce: number
  readonly #maxWaiting: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  /** @param maxWaiting how many may wait beside those that run */
  constructor(atOnce: number, maxWaiting: number) {
    this.#atOnce = atOnce
    this.#maxWaiting = maxWaiting
  }

  /** @throws SenioError `overloaded` when too many wait already; otherwise whatever the task throws */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#atOnce) this.#running++
    else if (this.#waiting.length < this.#maxWaiting) {
      // Whoever leaves hands its place on, so `#running` stays as it is.
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else {
      throw new SenioError(
        'overloaded',
        'Too many people sign in at this moment. Try again in a few seconds.',
        {
          retryAfter: 5,
        },
      )
    }
    try {
      return await task()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running--
      else next()
    }
  }
}
