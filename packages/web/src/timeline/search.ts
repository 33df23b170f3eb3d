import { type TimestampMs, timestampMs } from '@senio/protocol'
import { isNamedSpan, rangeOf, type RangeChoice } from './range.ts'
import type { ViewState } from './timeline.ts'

/**
 * The search part of a view's address. `range`: a named length that follows now, or `all`; otherwise `from` and `to`;
 * `t`: the cursor; `image`: the image field whose picture at the cursor is open, and `of`: its sensor, where several are
 * shown; `compare`: the instant of the picture that it is compared with, and `how`; `tag`: only measurements with it are
 * shown; `keogram`: the keys of the cameras that are shown as such, separated by commas; `gallery`: the key of
 * the camera all of whose pictures are shown; `hide`: the keys of the fields whose lines aren't drawn. Times in ms since the epoch.
 */
export interface ViewSearch {
  readonly range?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly t?: number | undefined
  readonly image?: string | undefined
  readonly of?: string | undefined
  readonly compare?: number | undefined
  readonly how?: string | undefined
  readonly tag?: string | undefined
  readonly keogram?: string | undefined
  readonly gallery?: string | undefined
  readonly hide?: string | undefined
}

/** What an address asks for; what makes no sense is left out. */
export function parseSearch(search: Readonly<Record<string, unknown>>): ViewState & {
  readonly image: string | null
  /** The picture's sensor; null where only one is shown. */
  readonly of: string | null
  /** Only measurements with it are shown; null: all. */
  readonly tag: string | null
  /** The key of the camera all of whose pictures are shown; null for none. */
  readonly gallery: string | null
} {
  return {
    choice: parseChoice(search),
    pinned: parseTime(search['t']),
    image: parseName(search['image']),
    of: parseName(search['of']),
    tag: parseTag(search['tag']),
    gallery: parseName(search['gallery']),
  }
}

/** A tag that looks like a number or a boolean comes as such. */
function parseTag(value: unknown): string | null {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : parseName(value)
}

function parseName(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function parseChoice(search: Readonly<Record<string, unknown>>): RangeChoice | null {
  const { range } = search
  if (range === 'all') return { kind: 'all' }
  if (isNamedSpan(range)) return { kind: 'following', span: range }
  const from = parseTime(search['from'])
  const to = parseTime(search['to'])
  return from === null || to === null || from === to ? null : { kind: 'fixed', ...rangeOf(from, to) }
}

/** An instant; null for everything that is none. */
export function parseTime(value: unknown): TimestampMs | null {
  const ms = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
  // Dates end there (ECMA-262, time values).
  return value !== '' && Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? timestampMs(ms) : null
}

/** The address of a view, without an open picture. */
export function toSearch(choice: RangeChoice, pinned: TimestampMs | null): ViewSearch {
  const t = pinned === null ? {} : { t: pinned }
  switch (choice.kind) {
    case 'all':
      return { range: 'all', ...t }
    case 'following':
      return { range: choice.span, ...t }
    case 'fixed':
      return { from: whole(choice.from), to: whole(choice.to), ...t }
  }
}

/** Whether two addresses show the same. */
export function sameView(a: ViewSearch, b: ViewSearch): boolean {
  return a.range === b.range && a.from === b.from && a.to === b.to && a.t === b.t
}

/** Ends of ranges need no fractions of a millisecond; addresses are nicer without. */
function whole(ms: number): number {
  return Math.round(ms)
}
