import type { FieldSeriesJson } from '@senio/protocol/api'
import { carriedStates } from './carried-states.ts'

/** A stretch of one state. */
export interface StateSpan {
  /** ms since the epoch, half-open. */
  readonly from: number
  readonly to: number
  /** Share of the stretch that is on, 0 to 1; between them only where many values share a pixel. */
  readonly on: number
}

/**
 * The states of a range: each lasts until the next value. A bucket says which share of its time was on; until the next
 * one its last state goes on, or, where the data doesn't tell that, its share.
 * @param before the state at the start of the data; null when unknown
 * @param until where the newest state ends: nothing is known of later
 * @returns ascending, without overlaps; neighbours differ
 */
export function stateSpans(
  series: FieldSeriesJson,
  before: boolean | null,
  until: number,
  from: number,
): StateSpan[] {
  const spans: StateSpan[] = []
  const first = series.t[0]
  if (before !== null) append(spans, from, Math.min(first ?? until, until), Number(before))
  const ends = series.bucket === 0 ? [] : carriedStates(series, before)
  for (const [index, start] of series.t.entries()) {
    const next = Math.min(series.t[index + 1] ?? until, until)
    if (series.bucket === 0) {
      append(spans, start, next, Number(series.value?.[index] ?? false))
      continue
    }
    const share = series.mean?.[index] ?? 0
    const end = Math.min(start + series.bucket, next)
    append(spans, Math.max(start, from), end, share)
    append(spans, end, next, Number(ends[index]?.last ?? ends[index + 1]?.first ?? share))
  }
  return spans
}

function append(spans: StateSpan[], from: number, to: number, on: number): void {
  if (to <= from) return
  const previous = spans.at(-1)
  if (previous !== undefined && previous.to === from && previous.on === on) {
    spans[spans.length - 1] = { from: previous.from, to, on }
    return
  }
  spans.push({ from, to, on })
}

/** How long it was on within a range, and how long its state is known there, in ms. */
export function timeOn(spans: readonly StateSpan[], from: number, to: number): { on: number; known: number } {
  let on = 0
  let known = 0
  for (const span of spans) {
    const length = Math.min(span.to, to) - Math.max(span.from, from)
    if (length <= 0) continue
    known += length
    on += length * span.on
  }
  return { on, known }
}
