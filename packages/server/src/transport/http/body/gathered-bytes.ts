import type { HeldBody } from '../../../domain/overload/body-memory.ts'

const LEAST_ROOM = 4096
const NOTHING = new Uint8Array()

/**
 * Chunks as one piece of memory, which is what is counted: a list of them would take many times their bytes when they
 * are small, as whoever sends them decides.
 */
export class GatheredBytes {
  readonly #held: HeldBody
  readonly #expected: number
  #room: Uint8Array = NOTHING
  #length = 0

  /** @param expected how many bytes will come at most, as far as is known */
  constructor(held: HeldBody, expected = Infinity) {
    this.#held = held
    this.#expected = expected
  }

  /** @throws SenioError `overloaded` */
  add(chunk: Uint8Array): void {
    const length = this.#length + chunk.length
    if (this.#length === 0) {
      // Mostly there is one only: no need to copy it.
      this.#held.grow(length)
      this.#room = chunk
    } else {
      if (length > this.#room.length) this.#enlarge(length)
      this.#room.set(chunk, this.#length)
    }
    this.#length = length
  }

  get length(): number {
    return this.#length
  }

  /** What came so far. */
  get bytes(): Uint8Array {
    return this.#room.subarray(0, this.#length)
  }

  #enlarge(least: number): void {
    const usual = Math.max(LEAST_ROOM, 2 * this.#room.length)
    const size = Math.max(least, Math.min(usual, this.#expected))
    this.#held.grow(size - this.#room.length)
    const room = Buffer.allocUnsafeSlow(size)
    room.set(this.bytes)
    this.#room = room
  }
}
