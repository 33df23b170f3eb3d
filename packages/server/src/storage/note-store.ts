import type { TimestampMs } from '@senio/protocol'
import type { SensorId } from './sensor-store.ts'

export type NoteId = number & { readonly __id: 'note' }

/** Where on a sensor's time axis a note is. */
export interface NotePlace {
  readonly from: TimestampMs
  /** Exclusive, later than `from`; null for a note on the instant `from`. */
  readonly to: TimestampMs | null
}

export interface Note extends NotePlace {
  readonly id: NoteId
  readonly text: string
  readonly created: TimestampMs
  readonly changed: TimestampMs
}

/** What people note on a sensor's time axis. Rules are checked by `contract/note-store.contract.ts`. */
export interface NoteStore {
  create(
    note: NotePlace & { readonly sensor: SensorId; readonly text: string; readonly created: TimestampMs },
  ): Promise<Note>
  /** null when the sensor has none of this id. */
  find(sensor: SensorId, id: NoteId): Promise<Note | null>
  /**
   * Those that touch `[from, to)`, ordered by `from`, then by id. null for no end. An instant touches the range
   * that it is in; a range those that it shares more than an end with.
   */
  list(
    sensor: SensorId,
    query: {
      readonly from: TimestampMs | null
      readonly to: TimestampMs | null
      /** Only those that come after this place in the order. */
      readonly after: { readonly from: TimestampMs; readonly id: NoteId } | null
      readonly limit: number
    },
  ): Promise<readonly Note[]>
  count(sensor: SensorId): Promise<number>
  /** False when the sensor has none of this id. */
  update(
    sensor: SensorId,
    id: NoteId,
    note: NotePlace & { readonly text: string; readonly changed: TimestampMs },
  ): Promise<boolean>
  /** False when the sensor has none of this id. */
  delete(sensor: SensorId, id: NoteId): Promise<boolean>
}
