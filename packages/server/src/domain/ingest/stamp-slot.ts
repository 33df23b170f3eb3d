import { durationMs, MINUTE } from '@senio/protocol'
import type { TaskStore } from '../../storage/task-store.ts'
import { STAMP_SLOTS } from './stamps.ts'

/** For how long a slot is claimed, in ms: much longer than what is stamped may wait until it is stored. */
const CLAIMED = 10 * MINUTE

/** When a claim is prolonged by whoever goes on stamping. */
const PROLONGED = durationMs(CLAIMED / 4)

/** A claim isn't used to its end: nobody else may have taken it when a stamp is given. */
const USED = durationMs(CLAIMED / 2)

interface Held {
  readonly slot: number
  /** When it was claimed or prolonged, before the database was asked. */
  readonly since: number
}

export interface StampSlotPorts {
  readonly tasks: TaskStore
  /** ms that only grow */
  readonly elapsed: () => number
  /** From 0, below 1. */
  readonly random: () => number
}

/**
 * The fractions of a millisecond in which this node stamps: claimed in the database when first needed, so that no other node
 * has the same, and given back by letting the claim end. Beyond `STAMP_SLOTS` nodes some share one, and may give two
 * measurements of one sensor the same time if they come at the same fraction of a millisecond.
 */
export class StampSlot {
  readonly #ports: StampSlotPorts
  #held: Held | null = null
  #asking: Promise<Held> | null = null

  constructor(ports: StampSlotPorts) {
    this.#ports = ports
  }

  /** @throws SenioError when the database can't be asked */
  async current(): Promise<number> {
    const age = this.#ports.elapsed() - (this.#held?.since ?? -Infinity)
    if (this.#held !== null && age < PROLONGED) return this.#held.slot
    const asked = this.#ask()
    if (this.#held === null || age >= USED) return (await asked).slot
    // There is time: it is asked again by the next one if this fails.
    asked.catch(() => {})
    return this.#held.slot
  }

  #ask(): Promise<Held> {
    this.#asking ??= this.#claim()
      .then((held) => (this.#held = held))
      .finally(() => (this.#asking = null))
    return this.#asking
  }

  async #claim(): Promise<Held> {
    const { tasks, elapsed, random } = this.#ports
    const before = this.#held
    const since = elapsed()
    // Later, it may be somebody else's that would be prolonged.
    if (before !== null && since - before.since < USED) {
      if (await tasks.prolong(nameOf(before.slot), CLAIMED)) return { slot: before.slot, since }
    }
    const first = Math.floor(random() * STAMP_SLOTS)
    for (let next = 0; next < STAMP_SLOTS; next++) {
      const slot = (first + next) % STAMP_SLOTS
      const asked = elapsed()
      if (await tasks.claim(nameOf(slot), CLAIMED)) return { slot, since: asked }
    }
    return { slot: first, since: elapsed() }
  }
}

function nameOf(slot: number): string {
  return `stamps in slot ${slot}`
}
