import type { Socket } from 'node:net'

/** ms between letting some go. */
const PACE = 20

/** How many are let go at a time, at least: answering them takes a tenth of the pace or so. */
const PORTION = 100

/** ms after which all are let go. */
const LONGEST = 250

export interface Timing {
  /** ms that only go forward. */
  readonly now: () => number
  readonly later: (run: () => void, ms: number) => void
}

const timing: Timing = {
  now: () => performance.now(),
  later: (run, ms) => void setTimeout(run, ms).unref(),
}

interface Held {
  readonly connection: Socket
  readonly since: number
}

/**
 * Keeps clients that were told to come back later, and don't wait, from taking the time that those who are let in need:
 * answering 503 costs a third of what storing a measurement does, and whoever is answered at once can ask again in the
 * same turn of the event loop. Their connections aren't read until it is their turn; whoever does come back later
 * notices nothing.
 */
export class HeldConnections {
  readonly #timing: Timing
  readonly #portion: number
  /** The longest held first. */
  readonly #held: Held[] = []

  constructor(clock = timing, portion = PORTION) {
    this.#timing = clock
    this.#portion = portion
  }

  /** Once a refused request has come to its end: before that, Node decides by itself to read on. */
  hold(connection: Socket): void {
    connection.pause()
    if (this.#held.length === 0) this.#timing.later(() => this.#letSomeGo(), PACE)
    this.#held.push({ connection, since: this.#timing.now() })
  }

  #letSomeGo(): void {
    const due = this.#timing.now() - LONGEST
    const isDue = ({ since }: Held, index: number): boolean => index < this.#portion || since <= due
    const kept = this.#held.findIndex((held, index) => !isDue(held, index))
    for (const { connection } of this.#held.splice(0, kept < 0 ? Infinity : kept)) connection.resume()
    if (this.#held.length > 0) this.#timing.later(() => this.#letSomeGo(), PACE)
  }
}
