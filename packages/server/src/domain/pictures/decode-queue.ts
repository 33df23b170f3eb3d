import { SenioError } from '@senio/protocol'

export interface DecodeQueueOptions {
  /** How many decodes run at a time. */
  readonly concurrency: number
  /** How many may wait. */
  readonly maxWaiting: number
}

/** A decode that waits, runs, or is done. */
export interface QueuedDecode<Result> {
  readonly result: Promise<Result>
  /** Somebody waits for it now. */
  hurry(): void
}

interface Waiting {
  isUrgent: boolean
  readonly start: () => void
  readonly refuse: (error: SenioError) => void
}

/** Lets few decodes run at a time; those that somebody waits for before those in the background. */
export class DecodeQueue {
  readonly #options: DecodeQueueOptions
  readonly #waiting: Waiting[] = []
  readonly #running = new Set<Promise<void>>()
  #stopped = false

  constructor(options: DecodeQueueOptions) {
    this.#options = options
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length
  }

  /** The result rejects with `overloaded` when too many wait, with `shutting-down` after `stop`. */
  add<Result>(isUrgent: boolean, work: () => Promise<Result>): QueuedDecode<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    const waiting: Waiting = {
      isUrgent,
      start: () => {
        const run = work()
          .then(resolve, reject)
          .finally(() => {
            this.#running.delete(run)
            this.#startNext()
          })
        this.#running.add(run)
      },
      refuse: reject,
    }
    if (this.#stopped) reject(shuttingDown())
    else if (this.#waiting.length >= this.#options.maxWaiting) reject(tooManyWaiting())
    else this.#waiting.push(waiting)
    this.#startNext()
    return {
      result: promise,
      hurry: () => {
        waiting.isUrgent = true
      },
    }
  }

  /** Refuses what waits, resolves when what runs is done. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const { refuse } of this.#waiting.splice(0)) refuse(shuttingDown())
    await Promise.all(this.#running)
  }

  #startNext(): void {
    while (this.#running.size < this.#options.concurrency && this.#waiting.length > 0) {
      const urgent = this.#waiting.findIndex(({ isUrgent }) => isUrgent)
      const [next] = this.#waiting.splice(Math.max(0, urgent), 1)
      next?.start()
    }
  }
}

function tooManyWaiting(): SenioError {
  return new SenioError(
    'overloaded',
    'Too many pictures wait to be made smaller. Try again in a few seconds.',
    {
      retryAfter: 5,
    },
  )
}

function shuttingDown(): SenioError {
  return new SenioError('shutting-down', 'The server is being stopped. Try again in a moment.', {
    retryAfter: 5,
  })
}
