import { SenioError } from '@senio/protocol'
import type { StoredValue } from '../measurement-store.ts'

/** Columns of a value: one of them isn't null. */
export const VALUE_COLUMNS = 'n, x, b'

export type ValueTuple = readonly [number: number | null, text: Buffer | null, bytes: Buffer | null]

/** What the columns of a value hold. */
export function storedValue([number, text, bytes]: ValueTuple): StoredValue {
  if (number !== null) return number
  if (text !== null) return text.toString('utf8')
  if (bytes !== null) return new Uint8Array(bytes)
  throw new SenioError('defect', 'The database holds a value that is nothing.')
}

/** What a value counts as in a rollup: 0 for what is no number. */
export function numberOf(value: number | null): number {
  return value ?? 0
}

export function hexOf(bytes: Buffer): string {
  return bytes.toString('hex')
}

/** Numbers as an array literal of SQL, each the same double. */
export function arrayOf(numbers: readonly number[]): string {
  return `'{${numbers.map(literalOf).join(',')}}'`
}

/** A finite number as SQL. */
export function literalOf(number: number): string {
  if (!Number.isFinite(number)) throw new RangeError('Only finite numbers are stored.')
  return Object.is(number, -0) ? '-0' : String(number)
}
