import { CAPACITY, startAt, TOP, widthOf } from './levels.ts'
import type { PyramidRow } from './pyramid-check.ts'
import { copyOf, join, type Rollup, rollupOf } from './rollup.ts'

/** A value with its timestamp, as a rollup sees it: what has no numbers counts as 0. */
export interface Entry {
  readonly ts: number
  readonly number: number
}

/** What a transaction does to a field's values. */
export interface PyramidChanges {
  /** Values at timestamps that had none, ascending. */
  readonly added: readonly Entry[]
  /** Timestamps whose value was replaced or deleted. */
  readonly touched: readonly number[]
}

export interface BucketKey {
  readonly level: number
  readonly start: number
}

/** Buckets of a level that begin in `[from, to)`. */
export interface BucketSpan {
  readonly level: number
  readonly from: number
  readonly to: number
}

/** What has to be known of a field before it can go on. */
export interface PyramidReads {
  readonly rows: readonly BucketKey[]
  readonly children: readonly BucketSpan[]
  /** Stretches `[from, to)` of values as they are after the change. */
  readonly values: readonly { readonly from: number; readonly to: number }[]
}

/** The answers, in the order of the questions. */
export interface PyramidFound {
  /** null for a bucket without a row. */
  readonly rows: readonly (Rollup | null)[]
  /** Ascending. */
  readonly children: readonly (readonly { readonly start: number; readonly rollup: Rollup }[])[]
  /** Ascending. */
  readonly values: readonly (readonly Entry[])[]
}

/** What becomes of a field's rows: first the spans are deleted, then the rows, then the others written. */
export interface PyramidWrites {
  readonly emptied: readonly BucketSpan[]
  readonly deleted: readonly BucketKey[]
  readonly written: readonly PyramidRow[]
}

/**
 * Keeps the pyramid of one field exact: gives what it must know, step by step, and in the end what to write. Buckets of
 * a level are asked for together, so that an engine behind a network is asked as often as there are levels, not buckets.
 */
export function* updatePyramid(
  isState: boolean,
  changes: PyramidChanges,
): Generator<PyramidReads, PyramidWrites, PyramidFound> {
  const rows = new ChangedRows()
  const summary = (entries: readonly Entry[], into: Rollup | null = null) => summarise(entries, into, isState)
  const build = (level: number, values: readonly Entry[]): void => {
    for (const [start, { added }] of partition(level, { added: values, touched: [] })) {
      rows.write(level, start, summary(added))
      if (added.length > CAPACITY && level > 0) build(level - 1, added)
    }
  }
  /** Leaves to summarise from their values; only those below them where they themselves are known. */
  const leaves: (BucketKey & { readonly isKnown: boolean })[] = []
  /** Buckets to summarise from those below. */
  const parents: BucketKey[] = []

  let parts = partition(TOP, changes)
  for (let level = TOP; parts.size > 0; level--) {
    const starts = [...parts.keys()]
    const { rows: found } = yield { ...NOTHING, rows: starts.map((start) => ({ level, start })) }
    const below = new Map<number, PyramidChanges>()
    for (const [index, start] of starts.entries()) {
      const part = parts.get(start) ?? NO_CHANGES
      const old = found[index] ?? null
      const isSplit = old !== null && old.count > CAPACITY && level > 0
      if (isSplit) for (const [at, piece] of partition(level - 1, part)) below.set(at, piece)
      if (part.touched.length > 0 || !canJoin(old, part.added)) {
        if (isSplit) parents.push({ level, start })
        else leaves.push({ level, start, isKnown: false })
        continue
      }
      const rollup = summary(part.added, old)
      rows.write(level, start, rollup)
      if (isSplit || rollup.count <= CAPACITY || level === 0) continue
      if (old === null) build(level - 1, part.added)
      else leaves.push({ level, start, isKnown: true })
    }
    parts = below
  }

  if (leaves.length > 0) {
    const stretches = leaves.map(({ level, start }) => ({ from: start, to: start + widthOf(level) }))
    const { values: found } = yield { ...NOTHING, values: stretches }
    for (const [index, { level, start, isKnown }] of leaves.entries()) {
      const values = found[index] ?? []
      if (values.length === 0) rows.delete(level, start)
      else if (!isKnown) rows.write(level, start, summary(values))
      if (values.length > CAPACITY && level > 0) build(level - 1, values)
    }
  }

  if (parents.length > 0) {
    // The finest first: the coarser ones are made of them.
    parents.reverse()
    const spans = parents.map(({ level, start }) => ({
      level: level - 1,
      from: start,
      to: start + widthOf(level),
    }))
    const { children: found } = yield { ...NOTHING, children: spans }
    for (const [index, { level, start }] of parents.entries()) {
      let rollup: Rollup | null = null
      const end = start + widthOf(level)
      for (const child of rows.overlay(level - 1, start, end, found[index] ?? [])) {
        if (rollup === null) rollup = copyOf(child.rollup)
        else join(rollup, child.rollup)
      }
      if (rollup === null) rows.delete(level, start)
      else rows.write(level, start, rollup)
      if ((rollup?.count ?? 0) <= CAPACITY) {
        for (let under = level - 1; under >= 0; under--) rows.empty(under, start, end)
      }
    }
  }
  return rows.writes()
}

const NOTHING: PyramidReads = { rows: [], children: [], values: [] }
const NO_CHANGES: PyramidChanges = { added: [], touched: [] }

/** The rows of a field that a change has written so far, by level. */
class ChangedRows {
  /** null for a row that is to be deleted. */
  readonly #levels: Map<number, Rollup | null>[] = Array.from({ length: TOP + 1 }, () => new Map())
  readonly #emptied: BucketSpan[] = []

  write(level: number, start: number, rollup: Rollup): void {
    this.#levels[level]?.set(start, rollup)
  }

  delete(level: number, start: number): void {
    this.#levels[level]?.set(start, null)
  }

  /** Deletes what is there and what was to be written. */
  empty(level: number, from: number, to: number): void {
    this.#emptied.push({ level, from, to })
    const rows = this.#levels[level]
    for (const start of rows?.keys() ?? []) if (start >= from && start < to) rows?.delete(start)
  }

  /** Stored rows of a span as they will be, ascending. */
  overlay(
    level: number,
    from: number,
    to: number,
    stored: readonly { readonly start: number; readonly rollup: Rollup }[],
  ): readonly { readonly start: number; readonly rollup: Rollup }[] {
    const rows = new Map<number, Rollup | null>(stored.map(({ start, rollup }) => [start, rollup]))
    for (const [start, rollup] of this.#levels[level] ?? []) {
      if (start >= from && start < to) rows.set(start, rollup)
    }
    return [...rows]
      .flatMap(([start, rollup]) => (rollup === null ? [] : [{ start, rollup }]))
      .sort((a, b) => a.start - b.start)
  }

  writes(): PyramidWrites {
    const deleted: BucketKey[] = []
    const written: PyramidRow[] = []
    for (const [level, rows] of this.#levels.entries()) {
      for (const [start, rollup] of rows) {
        if (rollup === null) deleted.push({ level, start })
        else written.push({ level, start, rollup })
      }
    }
    return { emptied: this.#emptied, deleted, written }
  }
}

/** A state's rollup knows only how to go on after its last value. */
function canJoin(old: Rollup | null, [first]: readonly Entry[]): boolean {
  return old === null || old.state === null || first === undefined || first.ts > old.state.last
}

function summarise(entries: readonly Entry[], into: Rollup | null, isState: boolean): Rollup {
  let rollup = into === null ? null : copyOf(into)
  for (const { ts, number } of entries) {
    const one = rollupOf(ts, number, isState)
    if (rollup === null) rollup = one
    else join(rollup, one)
  }
  if (rollup === null) throw new RangeError('There is nothing to summarise.')
  return rollup
}

/** Changes by the bucket of a level that they are in; `added` ascends and stays so. */
function partition(level: number, { added, touched }: PyramidChanges): Map<number, PyramidChanges> {
  const parts = new Map<number, { readonly added: Entry[]; readonly touched: number[] }>()
  const partOf = (ts: number) => {
    const start = startAt(level, ts)
    const known = parts.get(start)
    if (known !== undefined) return known
    const part = { added: [], touched: [] }
    parts.set(start, part)
    return part
  }
  for (const entry of added) partOf(entry.ts).added.push(entry)
  for (const ts of touched) partOf(ts).touched.push(ts)
  return parts
}
