import type { FieldTypeName } from '@senio/protocol'
import { fieldFormat } from '@senio/protocol'
import type { StoredValue } from '../../measurement-store.ts'
import { CAPACITY, startAt, TOP, widthOf } from '../../sql/pyramid/levels.ts'
import { copyOf, join, type Rollup, rollupOf } from '../../sql/pyramid/rollup.ts'
import type { Statements } from '../connection.ts'
import { selectRollup, selectRollups } from '../rollup-rows.ts'

/** A value with its timestamp, as a rollup sees it: what has no numbers counts as 0. */
interface Entry {
  readonly ts: number
  readonly number: number
}

interface Changes {
  /** Values at timestamps that had none. */
  readonly added: Entry[]
  /** Timestamps whose value was replaced or deleted. */
  readonly touched: number[]
}

interface FieldChanges extends Changes {
  readonly isState: boolean
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
    const changes = { isState: fieldFormat(type).summary === 'share', added: [], touched: [] }
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

interface Bucket {
  readonly start: number
  readonly rollup: Rollup
}

/** The pyramid of one field, during one transaction. */
class FieldPyramid {
  readonly #statements: Statements
  readonly #field: number
  readonly #isState: boolean
  readonly #recent: (Bucket | undefined)[]

  constructor(statements: Statements, field: number, isState: boolean, recent: (Bucket | undefined)[]) {
    this.#statements = statements
    this.#field = field
    this.#isState = isState
    this.#recent = recent
  }

  apply(changes: Changes): void {
    this.#updateBuckets(TOP, changes)
  }

  #updateBuckets(level: number, changes: Changes): void {
    for (const [start, part] of partition(level, changes)) this.#update(level, start, part)
  }

  #update(level: number, start: number, changes: Changes): void {
    const old = this.#read(level, start)
    const isSplit = old !== null && old.count > CAPACITY && level > 0
    if (changes.touched.length === 0 && this.#canJoin(old, changes.added)) {
      const rollup = this.#summarise(changes.added, old)
      this.#write(level, start, rollup)
      if (isSplit) this.#updateBuckets(level - 1, changes)
      else if (rollup.count > CAPACITY && level > 0) {
        this.#build(level - 1, old === null ? changes.added : this.#values(level, start))
      }
      return
    }
    if (isSplit) {
      this.#updateBuckets(level - 1, changes)
      this.#rewriteFromChildren(level, start)
      return
    }
    const values = this.#values(level, start)
    if (values.length === 0) return this.#delete(level, start)
    this.#write(level, start, this.#summarise(values, null))
    if (values.length > CAPACITY && level > 0) this.#build(level - 1, values)
  }

  /** A state's rollup knows only how to go on after its last value. */
  #canJoin(old: Rollup | null, added: readonly Entry[]): boolean {
    const [first] = added
    return old === null || old.state === null || first === undefined || first.ts > old.state.last
  }

  /** Rows for buckets that have none yet. @param values all of them, ascending */
  #build(level: number, values: readonly Entry[]): void {
    for (const [start, { added }] of partition(level, { added: values, touched: [] })) {
      this.#write(level, start, this.#summarise(added, null))
      if (added.length > CAPACITY && level > 0) this.#build(level - 1, added)
    }
  }

  #rewriteFromChildren(level: number, start: number): void {
    const width = widthOf(level)
    let rollup: Rollup | null = null
    for (const child of selectRollups(this.#statements, this.#field, level - 1, start, start + width)) {
      if (rollup === null) rollup = copyOf(child.rollup)
      else join(rollup, child.rollup)
    }
    if (rollup === null) return this.#delete(level, start)
    this.#write(level, start, rollup)
    if (rollup.count > CAPACITY) return
    for (let below = level - 1; below >= 0; below--) {
      this.#recent[below] = undefined
      this.#statements
        .get('DELETE FROM rollup WHERE field = ? AND level = ? AND start >= ? AND start < ?')
        .run(this.#field, below, start, start + width)
    }
  }

  #summarise(entries: readonly Entry[], into: Rollup | null): Rollup {
    let rollup = into
    for (const { ts, number } of entries) {
      const one = rollupOf(ts, number, this.#isState)
      if (rollup === null) rollup = one
      else join(rollup, one)
    }
    if (rollup === null) throw new RangeError('There is nothing to summarise.')
    return rollup
  }

  #values(level: number, start: number): Entry[] {
    return this.#statements
      .get('SELECT ts, v FROM value WHERE field = ? AND ts >= ? AND ts < ? ORDER BY ts')
      .all(this.#field, start, start + widthOf(level))
      .map(({ ts, v }) => ({ ts: Number(ts), number: typeof v === 'number' ? v : 0 }))
  }

  #read(level: number, start: number): Rollup | null {
    const recent = this.#recent[level]
    if (recent?.start === start) return recent.rollup
    return selectRollup(this.#statements, this.#field, level, start)?.rollup ?? null
  }

  #write(level: number, start: number, rollup: Rollup): void {
    const { count, sum, min, max, state } = rollup
    this.#recent[level] = { start, rollup }
    this.#statements
      .get('INSERT OR REPLACE INTO rollup VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        this.#field,
        level,
        start,
        count,
        sum,
        min,
        max,
        state?.first ?? null,
        state?.last ?? null,
        state?.value ?? null,
        state?.on ?? null,
      )
  }

  #delete(level: number, start: number): void {
    this.#recent[level] = undefined
    this.#statements
      .get('DELETE FROM rollup WHERE field = ? AND level = ? AND start = ?')
      .run(this.#field, level, start)
  }
}

/** Changes by the bucket of a level that they are in; `added` ascends and stays so. */
function partition(
  level: number,
  { added, touched }: { readonly added: readonly Entry[]; readonly touched: readonly number[] },
): Map<number, Changes> {
  const parts = new Map<number, Changes>()
  const partOf = (ts: number): Changes => {
    const start = startAt(level, ts)
    const known = parts.get(start)
    if (known !== undefined) return known
    const part: Changes = { added: [], touched: [] }
    parts.set(start, part)
    return part
  }
  for (const entry of added) partOf(entry.ts).added.push(entry)
  for (const ts of touched) partOf(ts).touched.push(ts)
  return parts
}

function isAscending(entries: readonly Entry[]): boolean {
  return entries.every(({ ts }, i) => i === 0 || ts > (entries[i - 1]?.ts ?? 0))
}
