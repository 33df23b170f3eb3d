import { CAPACITY, startAt, TOP, widthOf } from '../../sql/pyramid/levels.ts'
import { copyOf, join, joinValue, type Rollup, rollupOf } from '../../sql/pyramid/rollup.ts'
import type { Entry, PyramidChanges } from '../../sql/pyramid/update-pyramid.ts'
import type { Statements } from '../connection.ts'
import { selectRollup, selectRollups } from '../rollup-rows.ts'

/** A bucket's row as it was written last. */
export interface Bucket {
  readonly start: number
  readonly rollup: Rollup
}

/**
 * The pyramid of one field, during one transaction. It does what `updatePyramid` does for engines behind a network; here a
 * question costs microseconds, so it asks bucket by bucket, keeps what it wrote last, and makes nothing to be collected.
 */
export class FieldPyramid {
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

  /** @param changes both lists ascend */
  apply(changes: PyramidChanges): void {
    this.#updateBuckets(TOP, changes)
  }

  #updateBuckets(level: number, changes: PyramidChanges): void {
    for (const [start, part] of partition(level, changes)) this.#update(level, start, part)
  }

  #update(level: number, start: number, changes: PyramidChanges): void {
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
      if (rollup === null) rollup = rollupOf(ts, number, this.#isState)
      else joinValue(rollup, ts, number)
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

/** Changes by the bucket of a level that they are in, ascending. */
function* partition(
  level: number,
  { added, touched }: PyramidChanges,
): Generator<readonly [number, PyramidChanges]> {
  const width = widthOf(level)
  for (let a = 0, t = 0; a < added.length || t < touched.length;) {
    const start = startAt(level, Math.min(added[a]?.ts ?? Infinity, touched[t] ?? Infinity))
    const firstAdded = a
    const firstTouched = t
    while ((added[a]?.ts ?? Infinity) < start + width) a++
    while ((touched[t] ?? Infinity) < start + width) t++
    yield [start, { added: added.slice(firstAdded, a), touched: touched.slice(firstTouched, t) }]
  }
}
