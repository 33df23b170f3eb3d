import type { Socket } from 'node:net'

/** ms between letting some go. */
const PACE = 20

/** ms that the event loop may come late to letting some go. */
const LATE = 5

/** How many are let go at a time, when answering them takes a tenth of the pace or so. */
const PORTION = 100
/** Of them, at least. */
const LEAST = 0.2
/** Of how many they were, when the loop comes late. */
const CUT = 0.7
/** More each time that it comes in time, of what they are at most. */
const GROWTH = 0.1

/** ms after which a connection is let go in any case; times as much as its request is larger than `SMALL`. */
const LONGEST = 250

/** Bytes that cost no more to be read in vain than the answer does. */
const SMALL = 16 * 1024

export interface Timing {
  /** ms that only go forward. */
  readonly now: () => number
  readonly later: (run: () => void, ms: number) => void
}

const timing: Timing = {
  now: () => performance.now(),
  later: (run, ms) => void setTimeout(run, ms).unref(),
}

type Connection = Pick<Socket, 'pause' | 'resume'>

interface Held {
  readonly connection: Connection
  /** When it is let go, whoever else is. */
  readonly due: number
}

/**
 * Keeps clients that were told to come back later, and don't wait, from taking the time that those who are let in need:
 * answering 503 costs a third of what storing a measurement does, and whoever is answered at once can ask again in the
 * same turn of the event loop. Their connections aren't read until it is their turn; whoever does come back later
 * notices nothing.
 *
 * As many are let go at a time as leave the event loop coming round in time: refusing a picture takes several times as long
 * as refusing a measurement.
 */
export class HeldConnections {
  readonly #timing: Timing
  readonly #most: number
  #portion: number
  #next = 0
  /** The longest held first. */
  #held: Held[] = []

  constructor(clock = timing, portion = PORTION) {
    this.#timing = clock
    this.#most = portion
    this.#portion = portion
  }

  /**
   * Once a refused request has come to its end: before that, Node decides by itself to read on.
   * @param bytes of the request: the next one will be as large
   */
  hold(connection: Connection, bytes: number): void {
    connection.pause()
    if (this.#held.length === 0) this.#plan()
    this.#held.push({ connection, due: this.#timing.now() + LONGEST * Math.max(1, bytes / SMALL) })
  }

  #plan(): void {
    this.#next = this.#timing.now() + PACE
    this.#timing.later(() => this.#letSomeGo(), PACE)
  }

  #letSomeGo(): void {
    const now = this.#timing.now()
    const isLate = now - this.#next > LATE
    this.#portion = isLate
      ? Math.max(this.#most * LEAST, this.#portion * CUT)
      : Math.min(this.#most, this.#portion + this.#most * GROWTH)
    const kept: Held[] = []
    for (const [index, held] of this.#held.entries()) {
      if (index < this.#portion || held.due <= now) held.connection.resume()
      else kept.push(held)
    }
    this.#held = kept
    if (this.#held.length > 0) this.#plan()
  }
}
