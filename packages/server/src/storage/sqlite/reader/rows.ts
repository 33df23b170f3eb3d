import type { SQLOutputValue } from 'node:sqlite'
import { SenioError, type TimestampMs, timestampMs } from '@senio/protocol'
import type { StoredValue, StoredValues, TimedValue } from '../../measurement-store.ts'

export type Row = Record<string, SQLOutputValue>

/** A column that the schema promises to be a number. */
export function numberOf(row: Row, column: string): number {
  const value = row[column]
  if (typeof value === 'number') return value
  throw unexpected(column)
}

export function numberOrNullOf(row: Row, column: string): number | null {
  return row[column] === null ? null : numberOf(row, column)
}

export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (typeof value === 'string') return value
  throw unexpected(column)
}

function bytesOf(row: Row, column: string): Uint8Array {
  const value = row[column]
  if (value instanceof Uint8Array) return value
  throw unexpected(column)
}

export function hexOf(row: Row, column: string): string {
  return Buffer.from(bytesOf(row, column)).toString('hex')
}

/** Column `ts`. */
export function timestampOf(row: Row): TimestampMs {
  return timestampMs(numberOf(row, 'ts'))
}

/** Column `v`. */
export function valueOf(row: Row): StoredValue {
  return storedValue(row['v'])
}

/** What the column `v` holds. */
export function storedValue(value: SQLOutputValue | undefined): StoredValue {
  if (typeof value === 'number' || typeof value === 'string' || value instanceof Uint8Array) return value
  throw unexpected('v')
}

/** Numbers as doubles in bulk, anything else as it is. */
export function inBulk(values: readonly StoredValue[]): StoredValues {
  return values.every((value) => typeof value === 'number') ? Float64Array.from(values) : values
}

/** Columns `ts` and `v`. */
export function timedValueOf(row: Row): TimedValue {
  return { timestamp: timestampOf(row), value: valueOf(row) }
}

function unexpected(column: string): SenioError {
  return new SenioError('defect', `The database holds something unexpected in column "${column}".`)
}
