/** The ordinary tables, each after those that it refers to. */
export const copiedTables = [
  'account',
  'session',
  'api_token',
  'sensor',
  'field',
  'device_key',
  'view',
  'note',
] as const

export type CopiedTable = (typeof copiedTables)[number]

/** A row by the names of its columns: see docs/formats/data-dir.md. */
export type CopiedRow = Readonly<Record<string, string | number | null>>

/** What a row is told apart by: its id, or the hash of a session's token. */
export type CopiedKey = string | number

/**
 * Ordinary tables as rows with their ids, the same in every engine, and how far a copy into this database is.
 * Rows that wait to be purged are left out. Rules are checked by `contract/copy-store.contract.ts`.
 */
export interface CopyStore {
  /** The column that tells rows of a table apart. */
  keyOf(table: CopiedTable): string
  /** Those after `after`, ordered by their keys. */
  rows(table: CopiedTable, after: CopiedKey | null, limit: number): Promise<readonly CopiedRow[]>
  /** Adds rows, or makes those of the same keys equal to them. @throws SenioError `name-taken` */
  put(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void>
  /** The highest id that was ever given in each table, also to what was deleted since; 0 in a new database. */
  lastIds(): Promise<ReadonlyMap<CopiedTable, number>>
  /** Sees to it that new rows get higher ids than these. */
  raiseLastIds(ids: ReadonlyMap<CopiedTable, number>): Promise<void>
  /** How far the copy is that this database is the unfinished target of, in the copy's own words; null for none. */
  progress(): Promise<string | null>
  /** null when the copy is done. */
  setProgress(progress: string | null): Promise<void>
}
