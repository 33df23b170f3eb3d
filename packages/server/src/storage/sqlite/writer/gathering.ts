/** Turns of the event loop may take long while thousands of sockets have something to say, ms. */
const LONGEST_TURN = 2

/** Below this, timers are too coarse, ms. */
const SHORTEST_TIMER = 1

interface Open {
  readonly expected: number
  /** By `performance.now`. */
  readonly until: number
  readonly cancel: () => void
}

/** A short wait for more calls to join the next batch. */
export class Gathering {
  readonly #onEnd: () => void
  #open: Open | null = null

  /** @param onEnd called once for each gathering */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd
  }

  /**
   * Lasts until as many as expected are there, or for `wait` ms; but at least for the rest of this turn of the event loop,
   * so that what lies in the sockets already can join. What is read at the end of a wait joins a turn later.
   */
  begin(expected: number, wait: number, waiting: () => number): void {
    const now = performance.now()
    if (wait >= SHORTEST_TIMER) {
      const timer = setTimeout(() => this.end(), wait)
      this.#open = { expected, until: now + wait, cancel: () => clearTimeout(timer) }
      return
    }
    let isOver = wait <= 0
    let immediate = setImmediate(turn, this)
    function turn(gathering: Gathering): void {
      if (isOver || waiting() >= expected) return gathering.end()
      isOver = performance.now() >= now + wait
      immediate = setImmediate(turn, gathering)
    }
    this.#open = { expected, until: now + LONGEST_TURN, cancel: () => clearImmediate(immediate) }
  }

  /** Another call came. @param now by `performance.now` */
  joined(waiting: number, now: number): void {
    if (this.#open !== null && (waiting >= this.#open.expected || now >= this.#open.until)) this.end()
  }

  /** Does nothing when there is none. */
  end(): void {
    if (this.#open === null) return
    this.#open.cancel()
    this.#open = null
    this.#onEnd()
  }
}
