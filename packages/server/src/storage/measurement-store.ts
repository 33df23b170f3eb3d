import type { DurationMs, Summary, Tags, TimeRange, TimestampMs } from '@senio/protocol'
import type { NewImage } from './image-store.ts'
import type { FieldId, SensorId } from './sensor-store.ts'

/**
 * A value as the stores keep it, in a form that every engine has: a double, text, or bytes. What it means is
 * known to the field type alone, which encodes and decodes it. Numbers are finite.
 */
export type StoredValue = number | string | Uint8Array

/** One measurement to store. Its values are already checked and encoded. */
export interface NewMeasurement {
  readonly sensor: SensorId
  readonly timestamp: TimestampMs
  /** Non-empty; each field at most once. */
  readonly values: readonly { readonly field: FieldId; readonly value: StoredValue }[]
  /** null leaves the tags of a measurement at the same timestamp as they are; anything else replaces them. */
  readonly tags: Tags
}

/** One measurement as it is given back. */
export interface StoredMeasurement {
  readonly timestamp: TimestampMs
  /** The values of the asked fields, in the order asked for; fields without a value are absent. Non-empty. */
  readonly values: readonly { readonly field: FieldId; readonly value: StoredValue }[]
  readonly tags: Tags
}

/** A value and when it was measured. */
export interface TimedValue {
  readonly timestamp: TimestampMs
  readonly value: StoredValue
}

/** Values in a row: doubles in bulk when all of them are numbers, which saves an object for each. */
export type StoredValues = Float64Array | readonly StoredValue[]

/** One field's graph data; all arrays have the same length and ascend in time. Empty ones are doubles. */
export type Series =
  | { readonly kind: 'raw'; readonly t: Float64Array; readonly value: StoredValues }
  | {
      readonly kind: 'statistics'
      readonly bucket: DurationMs
      /** Start of each bucket that holds values: a multiple of `bucket`. */
      readonly t: Float64Array
      readonly min: Float64Array
      readonly mean: Float64Array
      readonly max: Float64Array
      readonly count: Float64Array
    }
  | {
      readonly kind: 'last'
      readonly bucket: DurationMs
      readonly t: Float64Array
      /** The newest value of each bucket. */
      readonly value: StoredValues
      readonly count: Float64Array
    }

/**
 * Measurements and their values.
 *
 * Rules for every adapter, checked by `contract/measurement-store.contract.ts`:
 * - A value is identified by field and timestamp. Storing the same again changes nothing; a different value
 *   replaces the old one; other fields at the same timestamp join the measurement.
 * - Timestamps and numbers come back as the same IEEE doubles. Ranges are half-open. Results ascend in time.
 * - What a call has resolved is seen by every later read, by every process.
 * - Passing failures reject with `storage-failing`, `storage-full` or `overloaded`; then nothing was stored, unless
 *   `append` rejects with `UnknownOutcome`.
 */
export interface MeasurementStore {
  /**
   * Stores all of it or nothing, durably: when it resolves, the measurements are on stable storage. Calls that
   * come while another commit runs share one (group commit). `images` are the facts about the blobs that
   * the values refer to; a blob known already keeps its old facts. The measurements are iterated once, at once;
   * what that throws, the call rejects with, and nothing is stored.
   *
   * @throws SenioError `not-found` when a field or sensor was deleted meanwhile; `image-hash-collision` when an
   *   image's SHA-1 is known with another SHA-256
   * @throws UnknownOutcome when it may be stored, and may not
   */
  append(measurements: Iterable<NewMeasurement>, images: readonly NewImage[]): Promise<void>

  /**
   * A field over a range, in at most `points` entries: raw when there are no more values than that, otherwise
   * in buckets of equal width, aligned to the epoch. A bucket that sticks out of the range summarises its
   * values within the range only. It reads about as many rows as it gives, whatever the range.
   *
   * `share` gives statistics as well: the mean is the share of the time that the state was 1, from the value
   * before the bucket (or the first ever) to the bucket's end, at most to `now`; min and max are those of the
   * states in it, the one that it began with included; the count is that of the values.
   */
  series(query: {
    readonly field: FieldId
    readonly summary: Summary
    readonly range: TimeRange
    /** At least 1. */
    readonly points: number
    /** Until when a state is known to last, unless a value is later still. */
    readonly now: TimestampMs
  }): Promise<Series>

  /** Each field's newest value at or before an instant; fields without one are absent from the map. */
  valuesAt(fields: readonly FieldId[], at: TimestampMs): Promise<ReadonlyMap<FieldId, TimedValue>>

  /**
   * A page of a sensor's measurements in the range that have a value in at least one of `fields`, ascending.
   * `tag`: only measurements found by this word (see `tagWords`). An empty page means that there are no more.
   */
  page(query: {
    readonly sensor: SensorId
    readonly fields: readonly FieldId[]
    readonly range: TimeRange
    readonly tag?: string
    /** Only measurements later than this. */
    readonly after?: TimestampMs
    /** At least 1. */
    readonly limit: number
  }): Promise<readonly StoredMeasurement[]>

  /**
   * At most `count` values of a field, evenly spaced in time: all of them when there are no more than that,
   * otherwise the first value of each of `count` equal slices of the range (see `sliceStart`), empty slices left out.
   * Ascending. `tagged`: as if the field had only the values of measurements found by this word.
   */
  evenlySpaced(query: {
    readonly field: FieldId
    readonly range: TimeRange
    readonly tagged?: { readonly sensor: SensorId; readonly tag: string }
    /** At least 1. */
    readonly count: number
  }): Promise<readonly TimedValue[]>

  /**
   * The words that a sensor's measurements are found by, each once: those after `after`, ordered by code point.
   * `search`: only words that contain it, whatever the case.
   */
  tags(query: {
    readonly sensor: SensorId
    readonly search?: string
    readonly after: string | null
    /** At least 1. */
    readonly limit: number
  }): Promise<readonly string[]>

  /** The timestamps of the oldest and newest value of any of the fields (both inclusive); null without values. */
  extent(
    fields: readonly FieldId[],
  ): Promise<{ readonly first: TimestampMs; readonly last: TimestampMs } | null>

  /** Whether any of the fields holds this value at any time. Quick for bytes (images) only. */
  hasValue(fields: readonly FieldId[], value: Uint8Array): Promise<boolean>

  /**
   * Deletes the values of fields of a sensor in a range, in steps that don't hold up publishing; tags go with the
   * last value of their measurement. Fields that aren't the sensor's are left alone.
   * @returns how many values were deleted
   */
  deleteRange(query: {
    readonly sensor: SensorId
    readonly fields: readonly FieldId[]
    readonly range: TimeRange
  }): Promise<number>

  /**
   * Deletes values of fields whose rows in the sensor store are marked as deleted, in steps that don't hold up
   * publishing, and then those rows. Resolves when nothing is left that was marked when it began. Safe to repeat.
   */
  purgeDeleted(): Promise<void>
}
