import { type TimeRange, timestampMs } from '@senio/protocol'
import type { NoteJson } from '@senio/protocol/api'
import { formatExact, formatRange } from '../timeline/format-time.ts'
import { contains } from '../timeline/range.ts'

/** A note with the name of its sensor. */
export interface ShownNote extends NoteJson {
  readonly sensor: string
}

/** What is being written: a note that is there already, or a new one. */
export interface NoteDraft {
  /** null: a new one. */
  readonly id: number | null
  readonly sensor: string
  readonly text: string
  readonly from: number
  /** Exclusive; null for an instant. */
  readonly to: number | null
}

/** When it was, in words. */
export function formatPlace({ from, to }: Pick<NoteDraft, 'from' | 'to'>): string {
  return to === null ? formatExact(from) : formatRange({ from: timestampMs(from), to: timestampMs(to) })
}

/** Whether a note lies in a range, in part at least. */
export function isIn({ from, to }: Pick<NoteDraft, 'from' | 'to'>, range: TimeRange): boolean {
  return to === null ? contains(range, from) : from < range.to && to > range.from
}
