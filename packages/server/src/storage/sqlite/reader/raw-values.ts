import type { TimeRange } from '@senio/protocol'
import type { StoredValues } from '../../measurement-store.ts'
import { LEVELS, startAt, widthOf } from '../../sql/pyramid/levels.ts'
import type { Statements } from '../connection.ts'
import type { Numbers, RecentBlocks } from './recent-blocks.ts'
import { numberOf, storedValue } from './rows.ts'

export interface RawValues {
  readonly t: Float64Array
  readonly value: StoredValues
}

interface Bucket {
  readonly start: number
  readonly end: number
  readonly count: number
}

/** A range is made of at least about so many blocks: only the outermost are read in vain, and the newest anew. */
const BLOCKS = 4
/** More values than that aren't kept as one block. */
const MOST_IN_BLOCK = 10_000

/**
 * A field's values in a range, if there are no more than `most`; null otherwise. Whole buckets that were read before and
 * haven't changed since are taken from `blocks`.
 */
export function readValues(
  statements: Statements,
  blocks: RecentBlocks,
  field: number,
  range: TimeRange,
  most: number,
): RawValues | null {
  const level = LEVELS.findLastIndex((width) => width * BLOCKS <= range.to - range.from)
  const pieces: RawValues[] = []
  let found = 0
  const add = (piece: RawValues): boolean => {
    pieces.push(piece)
    found += piece.t.length
    return found <= most
  }
  const read = (from: number, to: number): RawValues => select(statements, field, from, to, most - found + 1)
  const rollups = level < 0 ? [] : rollupsOf(statements, field, level, range)
  if (wholeOnes(rollups, range) > most) return null
  let from: number = range.from
  for (const { start, end, count } of rollups) {
    // What has no rollup at this level is read as it is: it's little.
    if (start > from && !add(read(from, start))) return null
    from = Math.max(from, start)
    const to = Math.min(end, range.to)
    const state = { field, level, start, count, changes: changesOf(statements) }
    const piece =
      count > Math.min(most, MOST_IN_BLOCK) ? null : (blocks.get(state) ?? keep(statements, blocks, state))
    if (!add(piece === null ? read(from, to) : part(piece, from, to))) return null
    from = to
  }
  if (from < range.to && !add(read(from, range.to))) return null
  return joined(pieces, found)
}

/** How many values the buckets hold that lie in the range as a whole. */
function wholeOnes(buckets: readonly Bucket[], range: TimeRange): number {
  let sum = 0
  for (const { start, end, count } of buckets) if (start >= range.from && end <= range.to) sum += count
  return sum
}

/** The rollups of a level whose buckets reach into a range, ascending. */
function rollupsOf(
  statements: Statements,
  field: number,
  level: number,
  { from, to }: TimeRange,
): readonly Bucket[] {
  const sql =
    'SELECT start AS a, count AS b FROM rollup WHERE field = ? AND level = ? AND start >= ? AND start < ? ORDER BY start'
  const { first, second } = statements.columns(sql, field, level, startAt(level, from), to)
  return Array.from(first, (start, index) => ({
    start,
    end: start + widthOf(level),
    count: Number(second[index]),
  }))
}

/** Within the same transaction, so that it belongs to what is read. */
function changesOf(statements: Statements): number {
  return numberOf(statements.get('SELECT changes FROM value_changes').get() ?? {}, 'changes')
}

/** Reads a whole bucket and keeps it; null when it holds anything but numbers. */
function keep(
  statements: Statements,
  blocks: RecentBlocks,
  state: Parameters<RecentBlocks['get']>[0],
): Numbers | null {
  const end = state.start + widthOf(state.level)
  const { t, value } = select(statements, state.field, state.start, end, state.count)
  if (!(value instanceof Float64Array)) return null
  const numbers = { t, value }
  blocks.put(state, numbers)
  return numbers
}

function select(statements: Statements, field: number, from: number, to: number, limit: number): RawValues {
  const sql = 'SELECT ts AS a, v AS b FROM value WHERE field = ? AND ts >= ? AND ts < ? ORDER BY ts LIMIT ?'
  const { first, second } = statements.columns(sql, field, from, to, limit)
  return { t: first, value: second instanceof Float64Array ? second : second.map(storedValue) }
}

/** What of a block lies in `[from, to)`. */
function part({ t, value }: Numbers, from: number, to: number): Numbers {
  const start = placeOf(t, from)
  const end = placeOf(t, to)
  return { t: t.subarray(start, end), value: value.subarray(start, end) }
}

/** The index of the first timestamp not before an instant. */
function placeOf(t: Float64Array, instant: number): number {
  let low = 0
  let high = t.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((t[middle] ?? 0) < instant) low = middle + 1
    else high = middle
  }
  return low
}

function joined(pieces: readonly RawValues[], length: number): RawValues {
  const t = new Float64Array(length)
  const numbers = pieces.every(({ value }) => value instanceof Float64Array) ? new Float64Array(length) : null
  let at = 0
  for (const piece of pieces) {
    t.set(piece.t, at)
    if (piece.value instanceof Float64Array) numbers?.set(piece.value, at)
    at += piece.t.length
  }
  return { t, value: numbers ?? pieces.flatMap(({ value }) => Array.from(value)) }
}
