import type { Socket } from 'node:net'
import type { Closing } from './closing.ts'

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

/** ms after which a connection is let go in any case: who comes back after a second, as it was told, waits for nothing. */
const LONGEST = 900
/** Likewise the first time. Most clients hang up then, which isn't noticed while they are held. */
const FIRST = 100
/** ms within which nobody asks again who does as it was told. */
const HASTE = 500

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
  /** When that began, ms. */
  readonly since: number
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
  readonly #closing: Closing
  readonly #timing: Timing
  readonly #most: number
  #portion: number
  #next = 0
  /** The longest held first. */
  #held: Held[] = []
  /** When they could ask last, ms. */
  readonly #heard = new WeakMap<Connection, number>()
  /** Those that were let go in this turn of the event loop, and how long they had been held, ms. */
  readonly #letGo = new Map<Connection, number>()

  /** @param closing from its beginning on nobody is held: what lies in the sockets then is to be answered still */
  constructor(closing: Closing, clock = timing, portion = PORTION) {
    this.#closing = closing
    this.#timing = clock
    this.#most = portion
    this.#portion = portion
  }

  /** Once a refused request has come to its end: before that, Node decides by itself to read on. */
  hold(connection: Connection): void {
    if (this.#closing.stage !== 'open') return
    connection.pause()
    if (this.#held.length === 0) this.#plan()
    const since = this.#timing.now()
    const isHasty = since - (this.#heard.get(connection) ?? -Infinity) < HASTE
    this.#heard.set(connection, since)
    this.#held.push({ connection, since, due: since + (isHasty ? LONGEST : FIRST) })
  }

  /** ms for which a request whose head was read just now may have waited because its connection was held; mostly 0. */
  waited(connection: Connection): number {
    return this.#letGo.get(connection) ?? 0
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
    const isClosing = this.#closing.stage !== 'open'
    const kept: Held[] = []
    for (const [index, held] of this.#held.entries()) {
      if (isClosing || index < this.#portion || held.due <= now) this.#resume(held, now)
      else kept.push(held)
    }
    this.#held = kept
    // What had come before they were let go is read in this turn.
    setImmediate(() => this.#letGo.clear())
    if (this.#held.length > 0) this.#plan()
  }

  #resume({ connection, since }: Held, now: number): void {
    this.#heard.set(connection, now)
    this.#letGo.set(connection, now - since)
    connection.resume()
  }
}
