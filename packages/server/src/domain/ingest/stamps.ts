import { type TimestampMs, timestampMs } from '@senio/protocol'
import type { Clock } from '../clock.ts'

/** The fractions of a millisecond that timestamps tell apart until the year 2109. */
const TICKS = 2048

/** How many nodes have fractions of their own. */
export const STAMP_SLOTS = 128

/** How many ms stamps may be ahead of the clock: after a burst, or when it was set back a little. */
const MOST_AHEAD = 1000

/**
 * Times of arrival for devices without a clock, no two of them the same. Each node stamps within fractions of a millisecond
 * that are its own, by its slot: what two nodes stamp differs without their asking each other.
 */
export class Stamps {
  readonly #clock: Clock
  readonly #slot: () => Promise<number>
  /** In ticks. */
  #last = -Infinity

  /** @param slot from 0, below `STAMP_SLOTS` */
  constructor(clock: Clock, slot: () => Promise<number>) {
    this.#clock = clock
    this.#slot = slot
  }

  /**
   * Later than all before, unless the clock was set back by more than a second: then the clock is believed.
   * @throws SenioError when the slot can't be had
   */
  async next(): Promise<TimestampMs> {
    const slot = await this.#slot()
    const now = this.#clock() * TICKS
    const isAhead = this.#last >= now && this.#last - now < MOST_AHEAD * TICKS
    const earliest = isAhead ? this.#last + 1 : now
    this.#last = Math.ceil((earliest - slot) / STAMP_SLOTS) * STAMP_SLOTS + slot
    return timestampMs(this.#last / TICKS)
  }
}
