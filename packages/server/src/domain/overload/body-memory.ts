import type { SenioError } from '@senio/protocol'
import { OVERLOADED } from './overloaded.ts'

const MIB = 1024 * 1024

export interface BodyMemoryOptions {
  /** ms that only go forward. */
  readonly elapsed: () => number
  /** Bytes of all bodies together. */
  readonly most?: number
  /** Of these, bytes that large bodies leave to small ones. */
  readonly reserved?: number
}

/** A few of the largest lists at once, and still within the memory that the server promises to do with. */
const MOST = 64 * MIB
/** Whoever fills the memory with large bodies keeps nobody from sending small ones. */
const RESERVED = 16 * MIB
/** Bytes up to which a body is small: single measurements, short lists, most of what the REST API takes. */
const SMALL = 64 * 1024
/** ms for which a body may be on its way while there is not enough for all. */
const PATIENCE = 5_000

/** What one request holds in memory of its body, and of what was made of it. */
export interface HeldBody {
  readonly bytes: number
  /** Counts more bytes. @throws SenioError `overloaded` */
  grow(more: number): void
  /** Some of it is gone. */
  shrink(less: number): void
  /** Nothing is held any more, nor will be. */
  release(): void
  /** Ends the body; null while it isn't on its way. When it is called nothing is held any more. */
  giveUp: ((why: SenioError) => void) | null
}

/**
 * The memory that bodies of requests may take, all together, in this process. When it doesn't do for a body, those go that
 * have been on their way for longest, if that is long: whoever sends slowly keeps nobody from sending. Otherwise the
 * new one is sent away.
 */
export class BodyMemory {
  readonly #elapsed: () => number
  readonly #most: number
  readonly #reserved: number
  /** In the order in which they began. */
  readonly #held = new Set<Held>()
  #bytes = 0

  constructor({ elapsed, most = MOST, reserved = RESERVED }: BodyMemoryOptions) {
    this.#elapsed = elapsed
    this.#most = most
    this.#reserved = reserved
  }

  /** What is held of all bodies. */
  get bytes(): number {
    return this.#bytes
  }

  /** Costs next to nothing until it grows. */
  hold(): HeldBody {
    return new Held({
      take: (held, more) => this.#take(held, more),
      give: (held, less) => this.#give(held, less),
    })
  }

  #take(held: Held, more: number): void {
    const most = held.bytes + more > SMALL ? this.#most - this.#reserved : this.#most
    if (this.#bytes + more > most) this.#giveUpSlow(held, most - more)
    if (this.#bytes + more > most) throw OVERLOADED
    if (held.bytes === 0) held.since = this.#elapsed()
    this.#held.add(held)
    this.#bytes += more
  }

  #give(held: Held, less: number): void {
    this.#bytes -= less
    if (held.bytes === less) this.#held.delete(held)
  }

  /** @param enough bytes at which nobody else has to go */
  #giveUpSlow(inNeed: Held, enough: number): void {
    const latest = this.#elapsed() - PATIENCE
    for (const held of this.#held) {
      if (this.#bytes <= enough || held.since > latest) return
      const { giveUp } = held
      if (giveUp === null || held === inNeed) continue
      held.release()
      giveUp(OVERLOADED)
    }
  }
}

interface Ledger {
  readonly take: (held: Held, more: number) => void
  readonly give: (held: Held, less: number) => void
}

class Held implements HeldBody {
  readonly #ledger: Ledger
  giveUp: HeldBody['giveUp'] = null
  /** When it began to hold something. */
  since = 0
  bytes = 0
  #isReleased = false

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  grow(more: number): void {
    // What it held is somebody else's now.
    if (this.#isReleased) throw OVERLOADED
    this.#ledger.take(this, more)
    this.bytes += more
  }

  shrink(less: number): void {
    const gone = Math.min(less, this.bytes)
    if (gone === 0) return
    this.#ledger.give(this, gone)
    this.bytes -= gone
  }

  release(): void {
    this.shrink(this.bytes)
    this.#isReleased = true
  }
}
