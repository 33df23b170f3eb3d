import { randomInt } from 'node:crypto'
import type { Rollup } from '../../sql/pyramid/rollup.ts'
import type { PyramidWrites } from '../../sql/pyramid/update-pyramid.ts'
import { startAt, TOP } from '../../sql/pyramid/levels.ts'
import type { PostgresSession } from '../session.ts'
import type { LiveField } from './live-field.ts'
import { PREPARED } from './prepared.ts'

/** Fields that are remembered, of some 800 bytes each: those of 100,000 sensors that measure two things. */
const CAPACITY = 200_000

const MOST_WRITERS = 2 ** 47

/** Batches in a row after which a sensor counts as ours again, however often others have taken it. */
const MOST_PATIENCE = 16

/** The end of a field's values, as it is in the database for as long as nobody else has written to its sensor. */
export class FieldEnd {
  readonly field: LiveField
  #newest: number
  /** By level, of the buckets that the newest value is in. */
  readonly #rows: (Rollup | null)[]

  /** @param newest the timestamp of the newest value; -Infinity without values */
  constructor(field: LiveField, newest: number, rows: readonly (Rollup | null)[]) {
    this.field = field
    this.#newest = newest
    this.#rows = [...rows]
  }

  /** Values later than this are new, and lie in buckets that are known. */
  get newest(): number {
    return this.#newest
  }

  /** The rollup of a bucket that ends after the newest value; null for one without a row. */
  row(level: number, start: number): Rollup | null {
    return start === startAt(level, this.#newest) ? (this.#rows[level] ?? null) : null
  }

  /** To be told what was written when values were added, the newest of them at `newest`. */
  advance(newest: number, { written }: PyramidWrites): void {
    for (let level = 0; level <= TOP; level++) {
      if (startAt(level, newest) !== startAt(level, this.#newest)) this.#rows[level] = null
    }
    this.#newest = newest
    for (const { level, start, rollup } of written) {
      if (start === startAt(level, newest)) this.#rows[level] = rollup
    }
  }
}

/**
 * What a node knows of the sensors that it was the last to write to. It's a belief only: whoever builds on it checks, with
 * the sensors' rows held, that `writer` still stands in all of them. Another connection begins with nothing: the server
 * may be another one, which has lost the last moments.
 */
export class KnownSensors {
  #connection: object | null = null
  #writer = 0
  readonly #sensors = new Map<number, ReadonlyMap<number, FieldEnd> | null>()
  readonly #capacity: number
  /** How much of the capacity is taken. */
  #size = 0
  /** Of each sensor how many batches in a row must find it ours, and how many have. */
  readonly #turns = new Map<number, { readonly needed: number; readonly kept: number }>()

  constructor(capacity = CAPACITY) {
    this.#capacity = capacity
  }

  /** To be called before anything else is asked: prepares the connection when it is another one than before. */
  async use(session: PostgresSession): Promise<void> {
    if (session.connection === this.#connection) return
    this.#sensors.clear()
    this.#size = 0
    this.#turns.clear()
    await session.prepare(PREPARED)
    this.#connection = session.connection
    this.#writer = randomInt(1, MOST_WRITERS)
  }

  /** What this connection writes into the rows of the sensors that it stores values of. */
  get writer(): number {
    return this.#writer
  }

  /** The ends of a sensor's fields; null when they aren't known, undefined when somebody else may have written. */
  find(sensor: number): ReadonlyMap<number, FieldEnd> | null | undefined {
    return this.#sensors.get(sensor)
  }

  remember(sensor: number, ends: ReadonlyMap<number, FieldEnd>): void {
    this.#put(sensor, ends)
  }

  /**
   * To be told of each sensor that was stored with its row held: `writer` stands in it now.
   * What several nodes write to by turns isn't worth looking at each time: from one time that it was taken away to the
   * next, twice as many batches must find it untouched before it is believed to stay ours.
   *
   * @param wasTaken whether somebody else had written to it last
   */
  hold(sensor: number, wasTaken: boolean): void {
    const turns = this.#turns.get(sensor)
    if (wasTaken) {
      if (turns === undefined && this.#turns.size >= this.#capacity) this.#turns.clear()
      const needed = turns === undefined ? 1 : Math.min(2 * turns.needed, MOST_PATIENCE)
      this.#turns.set(sensor, { needed, kept: 0 })
      return
    }
    const { needed, kept } = turns ?? { needed: 1, kept: 0 }
    if (kept + 1 < needed) this.#turns.set(sensor, { needed, kept: kept + 1 })
    else this.#put(sensor, null)
  }

  forget(sensors: Iterable<number>): void {
    for (const sensor of sensors) this.#remove(sensor)
  }

  #put(sensor: number, ends: ReadonlyMap<number, FieldEnd> | null): void {
    this.#remove(sensor)
    // Put at the end: who was here longest goes first.
    this.#sensors.set(sensor, ends)
    this.#size += sizeOf(ends)
    for (const oldest of this.#sensors.keys()) {
      if (this.#size <= this.#capacity || oldest === sensor) return
      this.#remove(oldest)
    }
  }

  #remove(sensor: number): void {
    const known = this.#sensors.get(sensor)
    if (known === undefined) return
    this.#sensors.delete(sensor)
    this.#size -= sizeOf(known)
  }
}

function sizeOf(ends: ReadonlyMap<number, FieldEnd> | null): number {
  return Math.max(1, ends?.size ?? 0)
}
