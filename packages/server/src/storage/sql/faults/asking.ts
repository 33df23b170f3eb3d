/** A statement with its parameters, `$1` and so on. */
export interface Query {
  readonly sql: string
  readonly parameters: readonly Parameter[]
}

export type Parameter = number | string | Uint8Array | null | readonly Parameter[]

/** Rows as lists of their columns. */
export type Rows = readonly (readonly unknown[])[]

/**
 * Work that asks a database: it yields queries and is given their rows. Whoever drives it decides how they get there, at
 * once or over a network, and sees to it that all of them see one moment.
 */
export type Asking<Result> = Generator<Query, Result, Rows>

export function query(sql: string, ...parameters: readonly Parameter[]): Query {
  return { sql, parameters }
}

/** Asks for the first column of the first row; null when there is none. */
export function* askNumber(asked: Query): Asking<number | null> {
  const found = (yield asked)[0]?.[0]
  return typeof found === 'number' || typeof found === 'bigint' ? Number(found) : null
}
