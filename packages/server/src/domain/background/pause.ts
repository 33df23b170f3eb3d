import type { DurationMs } from '@senio/protocol'

/** A wait for one at a time that others can end. */
export class Pause {
  #resume: (() => void) | null = null
  #isEnded = false
  #isClosed = false

  /** Resolves after the time, or when it is ended; at once when that was asked for since the last wait. */
  async wait(duration: DurationMs): Promise<void> {
    if (this.#isEnded || this.#isClosed) {
      this.#isEnded = false
      return
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#resume = resolve
    const timer = setTimeout(resolve, duration)
    await promise
    clearTimeout(timer)
    this.#resume = null
    this.#isEnded = false
  }

  end(): void {
    this.#isEnded = true
    this.#resume?.()
  }

  /** Ends this wait and all later ones. */
  close(): void {
    this.#isClosed = true
    this.end()
  }
}
