import type { SqlStatement } from '../run-statement.ts'
import type { NewImage } from '../../image-store.ts'
import type { NewMeasurement, StoredValue } from '../../measurement-store.ts'

/**
 * The calls of `append` that share a transaction, as flat arrays: they pass between threads at a fraction of
 * what nested objects cost. Call `c` has the measurements before `callEnds[c]` (from the end of the call
 * before) and the images before `imageEnds[c]`; measurement `m` has the values before `valueEnds[m]`.
 */
export interface AppendBatch {
  readonly callEnds: number[]
  readonly imageEnds: number[]
  readonly images: NewImage[]
  readonly sensors: number[]
  readonly timestamps: number[]
  /** JSON; null for none. */
  readonly tags: (string | null)[]
  readonly valueEnds: number[]
  readonly fields: number[]
  readonly values: StoredValue[]
  /** Of others, that share the transaction. */
  readonly statements: readonly SqlStatement[]
}

export interface AppendCall {
  readonly measurements: readonly NewMeasurement[]
  readonly images: readonly NewImage[]
}

export function packBatch(
  calls: readonly AppendCall[],
  statements: readonly SqlStatement[] = [],
): AppendBatch {
  const batch: AppendBatch = {
    callEnds: [],
    imageEnds: [],
    images: [],
    sensors: [],
    timestamps: [],
    tags: [],
    valueEnds: [],
    fields: [],
    values: [],
    statements,
  }
  for (const call of calls) {
    for (const { sensor, timestamp, values, tags } of call.measurements) {
      for (const { field, value } of values) {
        batch.fields.push(field)
        batch.values.push(typeof value === 'object' ? exactBytes(value) : value)
      }
      batch.sensors.push(sensor)
      batch.timestamps.push(timestamp)
      batch.tags.push(tags === null ? null : JSON.stringify(tags))
      batch.valueEnds.push(batch.fields.length)
    }
    batch.images.push(...call.images)
    batch.callEnds.push(batch.sensors.length)
    batch.imageEnds.push(batch.images.length)
  }
  return batch
}

/** Roughly what a call occupies while it waits, in bytes. */
export function sizeOf(call: AppendCall): number {
  let bytes = call.images.length * 400
  for (const { values, tags } of call.measurements) {
    bytes += 100
    if (tags !== null) bytes += 100 * Object.keys(tags).length
    for (const { value } of values) bytes += typeof value === 'number' ? 50 : 50 + value.length
  }
  return bytes
}

/** A view of a pooled buffer would take the whole pool along to the other thread. */
function exactBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength && bytes.constructor === Uint8Array
    ? bytes
    : new Uint8Array(bytes)
}
