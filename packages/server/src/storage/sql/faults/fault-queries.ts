import type { Query } from './asking.ts'

/** Where a step begins: what a check says about its own places. Passes between threads. */
export type Place = readonly (number | string | Uint8Array)[]

/** A half-open range of timestamps; both ends may be infinite. */
export interface Slice {
  readonly from: number
  readonly to: number
}

/** A field as it is kept. */
export interface KeptField {
  readonly sensor: number
  readonly id: number
}

/** What engines ask differently of their tables of values, rollups, tags and pictures. */
export interface FaultQueries {
  /** As many as are read quickest. */
  readonly valuesPerQuery: number
  /**
   * Values of a field in a slice, ascending, as `[timestamp, …]`: `valueOf` says what a row holds.
   * @param isAfter whether the slice's start itself is left out
   */
  values(field: KeptField, slice: Slice, isAfter: boolean, limit: number): Query
  valueOf(row: readonly unknown[]): unknown
  /** Rollups that start in a slice, in the columns level, start, count, sum, min, max, first, last, state, on_ms. */
  rollups(field: KeptField, slice: Slice): Query
  /** Rollups of levels that there aren't, as `[level, start]`. */
  strayRollups(field: KeptField, limit: number): Query
  /** `[start, count]` of rollups of the top level of any of the fields, ascending. */
  tops(sensor: number, fields: readonly number[], from: number, limit: number): Query
  /** How many timestamps of a slice any of the fields has a value at. */
  countTimes(sensor: number, fields: readonly number[], slice: Slice): Query
  /** Those of the given hashes that there is a picture's row of, as bytes. */
  knownImages(sha1s: readonly Uint8Array[]): Query
  /** The timestamps of a sensor's tags in `(after, to]` at which none of the fields has a value. */
  tagsWithoutValue(sensor: number, fields: readonly number[], after: number, to: number): Query
  /** Those of the given words that a sensor isn't found by, as `[position in the list]`, from 0. */
  missingWords(sensor: number, words: readonly (readonly [word: string, timestamp: number])[]): Query
  /** `[word, timestamp, tags or null]` of a sensor's words after a place of these two, ascending. */
  words(sensor: number, after: Place, limit: number): Query
  wordOf(column: unknown): string
  /** Before every word. */
  readonly firstWord: string | Uint8Array
  /** The next key after one in a table of values or rollups, as `[sensor, field]`; the sensor is 0 where it isn't kept. */
  nextField(table: 'value' | 'rollup', sensor: number, field: number): Query
}
