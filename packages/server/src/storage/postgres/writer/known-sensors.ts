import { randomInt } from 'node:crypto'
import type { Rollup } from '../../sql/pyramid/rollup.ts'
import type { PyramidWrites } from '../../sql/pyramid/update-pyramid.ts'
import { startAt, TOP } from '../../sql/pyramid/levels.ts'
import type { PostgresSession } from '../session.ts'
import type { LiveField } from './live-field.ts'
import { PREPARED } from './prepared.ts'

/** Sensors that are remembered: some kilobytes each. */
const CAPACITY = 10_000

const MOST_WRITERS = 2 ** 47

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

  /** To be called before anything else is asked: prepares the connection when it is another one than before. */
  async use(session: PostgresSession): Promise<void> {
    if (session.connection === this.#connection) return
    this.#sensors.clear()
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
    this.#sensors.set(sensor, ends)
  }

  /** `writer` stands in the sensor's row; nothing else is known. */
  own(sensor: number): void {
    // Put at the end: who was here longest goes first.
    this.#sensors.delete(sensor)
    this.#sensors.set(sensor, null)
    if (this.#sensors.size <= CAPACITY) return
    const [oldest] = this.#sensors.keys()
    if (oldest !== undefined) this.#sensors.delete(oldest)
  }

  forget(sensors: Iterable<number>): void {
    for (const sensor of sensors) this.#sensors.delete(sensor)
  }
}
