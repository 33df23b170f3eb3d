import type { FieldTypeName } from '@senio/protocol'
import type { StoredValue } from '../../measurement-store.ts'

/** A field that may be written. */
export interface LiveField {
  readonly id: number
  readonly sensor: number
  readonly type: FieldTypeName
}

/** The newest value that a batch has for a timestamp, by field. */
export type ValuesByField = ReadonlyMap<LiveField, ReadonlyMap<number, StoredValue>>
