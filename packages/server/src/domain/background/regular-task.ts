import type { DurationMs } from '@senio/protocol'
import { Pause } from './pause.ts'

export interface RegularTaskOptions {
  /** Gets the number of the run, from 0. */
  readonly run: (count: number) => Promise<unknown>
  /** Before the first run. */
  readonly first: DurationMs
  /** Between the end of a run and the next. */
  readonly every: DurationMs
  /** Told of failed runs; the next comes as usual. */
  readonly report: (error: unknown) => void
}

/** Something to be done over and over in the background. */
export class RegularTask {
  readonly #options: RegularTaskOptions
  readonly #pause = new Pause()
  #stopping = false
  #running: Promise<void> | null = null

  constructor(options: RegularTaskOptions) {
    this.#options = options
  }

  start(): void {
    this.#running ??= this.#loop()
  }

  /** Resolves when no run goes on. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#pause.close()
    await this.#running
  }

  async #loop(): Promise<void> {
    const { run, first, every, report } = this.#options
    await this.#pause.wait(first)
    for (let count = 0; !this.#stopping; count++) {
      try {
        await run(count)
      } catch (error) {
        report(error)
      }
      await this.#pause.wait(every)
    }
  }
}
