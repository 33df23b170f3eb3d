import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'

/** A place on the screen, CSS pixels. */
export type Point = readonly [x: number, y: number]

const STEPS = 8
const REST_MS = 150

/** Fingers on a touch screen, as the browser itself sees them. */
export class Fingers {
  readonly #session: CDPSession

  private constructor(session: CDPSession) {
    this.#session = session
  }

  static async on(page: Page): Promise<Fingers> {
    return new Fingers(await page.context().newCDPSession(page))
  }

  /** Each finger goes down at its first place, moves evenly to its second, rests, and goes up. */
  async move(...fingers: readonly { readonly from: Point; readonly to: Point }[]): Promise<void> {
    for (let step = 0; step <= STEPS + 1; step++) {
      // Lifted while it moves, a finger flings; the browser takes the next tap for what ends that.
      if (step > STEPS) await sleep(REST_MS)
      const share = Math.min(1, step / STEPS)
      const touchPoints = fingers.map(({ from, to }, id) => ({
        id,
        x: from[0] + (to[0] - from[0]) * share,
        y: from[1] + (to[1] - from[1]) * share,
      }))
      await this.#dispatch(step === 0 ? 'touchStart' : 'touchMove', touchPoints)
    }
    await this.#dispatch('touchEnd', [])
  }

  async #dispatch(
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    touchPoints: { id: number; x: number; y: number }[],
  ): Promise<void> {
    await this.#session.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
}
