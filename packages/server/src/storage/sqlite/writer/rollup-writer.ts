import type { FieldTypeName } from '@senio/protocol'
import { fieldFormat } from '@senio/protocol'
import type { StoredValue } from '../../measurement-store.ts'
import type { Statements } from '../connection.ts'
import type { Entry, PyramidChanges } from '../../sql/pyramid/update-pyramid.ts'
import { type Bucket, FieldPyramid } from './field-pyramid.ts'

interface FieldChanges extends PyramidChanges {
  readonly isState: boolean
  readonly added: Entry[]
  readonly touched: number[]
}

/**
 * Keeps the pyramid of rollups exact: collects what a transaction does to values, and writes each bucket that it
 * touches once, before the commit. New values are joined to what is there; where a value was replaced or deleted,
 * or a state came late, the bucket is summarised anew from its children or values.
 */
export class RollupWriter {
  readonly #statements: Statements
  readonly #changes = new Map<number, FieldChanges>()
  /** The bucket that was written last, by field and level: nearly always the one that is written next. */
  readonly #recent = new Map<number, (Bucket | undefined)[]>()
  #dataVersion: unknown = null

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** A value was stored at a timestamp that had none. */
  added(field: number, type: FieldTypeName, ts: number, value: StoredValue): void {
    this.#of(field, type).added.push({ ts, number: typeof value === 'number' ? value : 0 })
  }

  /** A value was replaced or deleted. */
  touched(field: number, type: FieldTypeName, ts: number): void {
    this.#of(field, type).touched.push(ts)
  }

  /** Writes what was collected. To be called once, as the last thing before the commit. */
  flush(): void {
    if (this.#changes.size === 0) return
    this.#forgetIfForeign()
    for (const [field, { isState, added, touched }] of this.#changes) {
      if (!isAscending(added)) added.sort((a, b) => a.ts - b.ts)
      touched.sort((a, b) => a - b)
      new FieldPyramid(this.#statements, field, isState, this.#recentOf(field)).apply({ added, touched })
    }
    this.#changes.clear()
    if (this.#recent.size > 10_000) this.#recent.clear()
  }

  /** Forgets what was collected, and what it knows of rows: the transaction was rolled back. */
  reset(): void {
    this.#changes.clear()
    this.#recent.clear()
  }

  #of(field: number, type: FieldTypeName): FieldChanges {
    const known = this.#changes.get(field)
    if (known !== undefined) return known
    const changes: FieldChanges = { isState: fieldFormat(type).summary === 'share', added: [], touched: [] }
    this.#changes.set(field, changes)
    return changes
  }

  #recentOf(field: number): (Bucket | undefined)[] {
    const known = this.#recent.get(field)
    if (known !== undefined) return known
    const recent: (Bucket | undefined)[] = []
    this.#recent.set(field, recent)
    return recent
  }

  /** Another process may have written rows that we remember otherwise. */
  #forgetIfForeign(): void {
    const version = this.#statements.get('PRAGMA data_version').get()?.['data_version']
    if (version !== this.#dataVersion) this.#recent.clear()
    this.#dataVersion = version
  }
}

function isAscending(entries: readonly Entry[]): boolean {
  return entries.every(({ ts }, i) => i === 0 || ts > (entries[i - 1]?.ts ?? 0))
}
