import type { Sink } from './buckets.ts'
import { CAPACITY, ceilTo, startAt, TOP, widthOf } from './levels.ts'
import type { Rollup } from './rollup.ts'

interface Range {
  readonly from: number
  readonly to: number
}

/** Buckets of a level that begin in `[from, to)`, if they hold at most so many values. */
export interface WantedRows extends Range {
  readonly level: number
  /** Infinity for any number. */
  readonly most: number
}

/** Rows of a field's pyramid, by level and start. */
export type FoundRows = ReadonlyMap<number, ReadonlyMap<number, Rollup>>

/**
 * The rows of the pyramid that a range may be made of, such that none crosses a bucket of `level`: those of the level
 * itself, finer ones at both ends, and leaves above, where values are to be read. About as many as there are buckets.
 */
export function rowsOfRange({ from, to }: Range, level: number): readonly WantedRows[] {
  const wanted: WantedRows[] = []
  const one = (at: number, below: number): void =>
    void wanted.push({ level: below, from: startAt(below, at), to: startAt(below, at) + 1, most: Infinity })
  const between = (low: number, high: number, below: number): void => {
    if (low < high) wanted.push({ level: below, from: low, to: high, most: Infinity })
  }
  const low = ceilTo(level, from)
  const high = startAt(level, to)
  between(low, high, level)
  for (let above = level + 1; above <= TOP; above++) {
    if (low < high) wanted.push({ level: above, from: startAt(above, low), to: high, most: CAPACITY })
  }
  for (let below = level; below >= 0; below--) {
    one(from, below)
    one(to, below)
    if (below === 0) break
    if (low > high) between(ceilTo(below - 1, from), startAt(below - 1, to), below - 1)
    between(ceilTo(below - 1, from), Math.min(ceilTo(below, from), to), below - 1)
    between(Math.max(startAt(below, to), from), startAt(below - 1, to), below - 1)
  }
  return wanted
}

/**
 * Gives the rows that a range is made of to the sink.
 * @param rows what was found of `rowsOfRange`
 * @returns the stretches whose values are to be read besides; neighbours are one
 */
export function takeRows(range: Range, level: number, rows: FoundRows, sink: Sink): readonly Range[] {
  const stretches: Range[] = []
  const values = (from: number, to: number): void => {
    if (from < to) stretches.push({ from, to })
  }
  const take = (low: number, high: number, at: number): void => {
    for (const [start, rollup] of rows.get(at) ?? [])
      if (start >= low && start < high) sink.rollup(start, rollup)
  }
  /** A part of one bucket. */
  const edge = (from: number, to: number, at: number): void => {
    if (from >= to) return
    const bucket = rows.get(at)?.get(startAt(at, from))
    // Without a row the bucket holds nothing, or is part of a leaf above.
    if (bucket === undefined || bucket.count <= CAPACITY || at === 0) return values(from, to)
    const low = ceilTo(at - 1, from)
    const high = startAt(at - 1, to)
    if (low > high) return edge(from, to, at - 1)
    edge(from, low, at - 1)
    take(low, high, at - 1)
    edge(high, to, at - 1)
  }
  const low = ceilTo(level, range.from)
  const high = startAt(level, range.to)
  if (low > high) edge(range.from, range.to, level)
  else {
    edge(range.from, low, level)
    take(low, high, level)
    const top = low < high ? TOP : level
    for (let above = level + 1; above <= top; above++) {
      for (const [start, { count }] of rows.get(above) ?? []) {
        const end = start + widthOf(above)
        if (count <= CAPACITY && end > low && start < high) values(Math.max(low, start), Math.min(high, end))
      }
    }
    edge(high, range.to, level)
  }
  return merged(stretches)
}

function merged(stretches: readonly Range[]): readonly Range[] {
  const joined: { from: number; to: number }[] = []
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last !== undefined && last.to >= from) last.to = Math.max(last.to, to)
    else joined.push({ from, to })
  }
  return joined
}
