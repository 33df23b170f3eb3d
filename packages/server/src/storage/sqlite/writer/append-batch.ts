import type { SqlStatement } from '../run-statement.ts'
import type { NewImage } from '../../image-store.ts'
import type { NewMeasurement, StoredValue } from '../../measurement-store.ts'

/**
 * One call of `append` as it waits and passes between threads: numbers in a row cost a fraction of what nested
 * objects do, and nothing to the garbage collector. For each measurement its timestamp, its sensor, the number of
 * its values, and for each value its field and, if it is a number, the value.
 */
export interface PackedCall {
  readonly numbers: number[]
  /** Values that are no numbers, by ascending position in `numbers`, where 0 stands for them. */
  readonly values: Placed<StoredValue>[]
  /** JSON of tags, by the ascending positions of their measurements. */
  readonly tags: Placed<string>[]
  readonly images: readonly NewImage[]
  /** Roughly what it occupies. */
  readonly bytes: number
}

/** What belongs to a position in the row of numbers. */
export interface Placed<Thing> {
  readonly at: number
  readonly thing: Thing
}

/** Calls that share a transaction, one after another. Call `c` ends before position `callEnds[c]`. */
export interface AppendBatch {
  readonly callEnds: readonly number[]
  readonly numbers: Float64Array
  readonly values: readonly Placed<StoredValue>[]
  readonly tags: readonly Placed<string>[]
  /** By call. */
  readonly images: readonly (readonly NewImage[])[]
  /** Of others, that share the transaction. */
  readonly statements: readonly SqlStatement[]
}

/** Iterates once; throws what the iteration throws. */
export function packCall(measurements: Iterable<NewMeasurement>, images: readonly NewImage[]): PackedCall {
  const numbers: number[] = []
  const others: Placed<StoredValue>[] = []
  const allTags: Placed<string>[] = []
  let bytes = images.length * 400
  for (const { sensor, timestamp, values, tags } of measurements) {
    if (tags !== null) {
      const json = JSON.stringify(tags)
      allTags.push({ at: numbers.length, thing: json })
      bytes += 100 + 2 * json.length
    }
    numbers.push(timestamp, sensor, values.length)
    for (const { field, value } of values) {
      if (typeof value === 'number') {
        numbers.push(field, value)
        continue
      }
      others.push({ at: numbers.length + 1, thing: typeof value === 'object' ? exactBytes(value) : value })
      numbers.push(field, 0)
      bytes += 50 + value.length
    }
  }
  return { numbers, values: others, tags: allTags, images, bytes: bytes + 8 * numbers.length }
}

export function packBatch(
  calls: readonly PackedCall[],
  statements: readonly SqlStatement[] = [],
): AppendBatch {
  const numbers = new Float64Array(calls.reduce((length, call) => length + call.numbers.length, 0))
  const callEnds: number[] = []
  const values: Placed<StoredValue>[] = []
  const tags: Placed<string>[] = []
  let end = 0
  for (const call of calls) {
    numbers.set(call.numbers, end)
    for (const { at, thing } of call.values) values.push({ at: end + at, thing })
    for (const { at, thing } of call.tags) tags.push({ at: end + at, thing })
    callEnds.push((end += call.numbers.length))
  }
  return { callEnds, numbers, values, tags, images: calls.map(({ images }) => images), statements }
}

/** A view of a pooled buffer would take the whole pool along to the other thread. */
function exactBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength && bytes.constructor === Uint8Array
    ? bytes
    : new Uint8Array(bytes)
}
