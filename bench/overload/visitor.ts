import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../report/statistics.ts'

/** Somebody who looks at things in the web app meanwhile: asks for something again and again. */
export class Visitor {
  readonly #times: number[] = []
  #failures = 0
  #isGone = false
  readonly #visit: Promise<void>

  /** @param ask resolves whether the answer was as it should be */
  constructor(ask: () => Promise<boolean>) {
    this.#visit = this.#look(ask)
  }

  /** How long answers took, ms, and how many were none. */
  async leave(): Promise<{ readonly asked: number; readonly failures: number; readonly p99: number }> {
    this.#isGone = true
    await this.#visit
    const sorted = this.#times.toSorted((a, b) => a - b)
    return { asked: sorted.length, failures: this.#failures, p99: percentile(sorted, 99) }
  }

  async #look(ask: () => Promise<boolean>): Promise<void> {
    while (!this.#isGone) {
      const started = performance.now()
      const isGood = await ask().catch(() => false)
      this.#times.push(performance.now() - started)
      if (!isGood) this.#failures++
      await sleep(100)
    }
  }
}
