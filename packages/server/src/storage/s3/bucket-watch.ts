import type { SenioError } from '@senio/protocol'

export interface BucketWatchOptions {
  /** Resolves when the bucket answers as it should. */
  readonly look: () => Promise<void>
  /** What a look that failed means to whoever runs the server. */
  readonly explain: (error: unknown) => SenioError
  /** Told of every change: why the bucket can't be used; null when it can be again. */
  readonly onChange: (failure: SenioError | null) => void
  /** ms from a look that failed to the next one. */
  readonly pause: number
}

/** Knows whether a bucket can be used: looks when a request has failed, and from then on until it answers again. */
export class BucketWatch {
  readonly #options: BucketWatchOptions
  #failure: SenioError | null = null
  #looking: Promise<void> | null = null
  #next: NodeJS.Timeout | null = null
  #isClosed = false
  /** Requests that were answered so far: tells what came before what. */
  #answers = 0
  /** Whether the last look failed and was taken no notice of. */
  #isExcused = false

  constructor(options: BucketWatchOptions) {
    this.#options = options
  }

  /** Why the bucket can't be used, as far as is known; null when it can. */
  get failure(): SenioError | null {
    return this.#failure
  }

  /** Looks now, or waits for the look that goes on. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  /** A request has failed, for reasons that may be those of all. */
  suspect(): void {
    if (this.#failure === null && !this.#isClosed) void this.look()
  }

  /** A request was answered, so the bucket can be used. */
  answered(): void {
    this.#answers++
  }

  /** Looks no more. */
  close(): void {
    this.#isClosed = true
    if (this.#next !== null) clearTimeout(this.#next)
  }

  async #look(): Promise<void> {
    const { look, explain, pause } = this.#options
    const before = this.#answers
    try {
      await look()
      this.#isExcused = false
      this.#become(null)
    } catch (error) {
      // It may have begun while the bucket was away, and fails late: what was answered since is the newer news. Not twice: a
      // bucket that answers now and then is no better than one that doesn't.
      this.#isExcused = this.#answers > before && !this.#isExcused
      if (!this.#isExcused) this.#become(explain(error))
      if (!this.#isClosed) this.#next = setTimeout(() => void this.look(), pause).unref()
    }
  }

  #become(failure: SenioError | null): void {
    const isNews = failure?.code !== this.#failure?.code
    this.#failure = failure
    if (isNews && !this.#isClosed) this.#options.onChange(failure)
  }
}
