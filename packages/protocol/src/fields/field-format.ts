import type { FieldTypeName } from './field-type-names.ts'

/**
 * How values are summarised where a graph has fewer points than there are values: numbers by min, mean and max; a
 * state by the share of the time that it was on, each value holding until the next; anything else by its last value.
 */
export type Summary = 'statistics' | 'share' | 'last'

/** What protocol knows of a field type: how its values look on the wire. */
export interface FieldFormat<Value> {
  readonly name: FieldTypeName
  /** One plain line for people who choose a type. */
  readonly description: string
  /** Whether a unit says something about it. */
  readonly hasUnit: boolean
  /** Units to suggest, most usual first; empty where `hasUnit` is false. */
  readonly unitSuggestions: readonly string[]
  /** Whether its values are published as files (multipart part or raw body) instead of JSON. */
  readonly isFile: boolean
  /** A believable value for examples, as published in JSON; null where `isFile`. */
  readonly example: Value | null
  readonly summary: Summary
  /**
   * A value from published JSON.
   * @returns the value, or a phrase that completes "The value of "temp" …" and says what is expected
   */
  parse(json: unknown): Parsed<Value>
}

export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly expected: string }

export function parsed<Value>(value: Value): Parsed<Value> {
  return { ok: true, value }
}

export function notParsed(expected: string): { readonly ok: false; readonly expected: string } {
  return { ok: false, expected }
}
