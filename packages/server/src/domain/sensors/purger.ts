import type { MeasurementStore } from '../../storage/measurement-store.ts'

/**
 * Removes the values of deleted sensors and fields in the background. Whoever composes the program starts it once,
 * too: a crash may have interrupted an earlier run.
 */
export class Purger {
  readonly #measurements: Pick<MeasurementStore, 'purgeDeleted'>
  readonly #report: (error: unknown) => void
  #running: Promise<void> | null = null
  #again = false

  /** @param report told of failures; what is left is purged at the next start */
  constructor(measurements: Pick<MeasurementStore, 'purgeDeleted'>, report: (error: unknown) => void) {
    this.#measurements = measurements
    this.#report = report
  }

  /** Returns at once. While one run goes on, further calls share the next. */
  start(): void {
    if (this.#running !== null) {
      this.#again = true
      return
    }
    this.#running = this.#run().finally(() => {
      this.#running = null
    })
  }

  /** Resolves when nothing runs any more; never rejects. Await it before closing the store. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  async #run(): Promise<void> {
    do {
      this.#again = false
      try {
        await this.#measurements.purgeDeleted()
      } catch (error) {
        this.#report(error)
      }
    } while (this.#again)
  }
}
