import { type TimeRange, type TimestampMs, timestampMs } from '@senio/protocol'
import {
  addSpan,
  contains,
  type Extent,
  neighbour,
  namedSpanOf,
  pan,
  type RangeChoice,
  resolveRange,
  zoomAt,
} from './range.ts'
import { createSignal, type Signal, type Watchable } from './signal.ts'
import type { PlotBox } from './time-scale.ts'

/** What the address of the page says about a view. */
export interface ViewState {
  /** null: nothing was asked for. */
  readonly choice: RangeChoice | null
  /** The instant that the cursor is kept at; null for none. */
  readonly pinned: TimestampMs | null
}

/** How a change is told to the browser's history: a step that Back undoes, or one of many small moves. */
export type Move = 'step' | 'gesture'

/**
 * The one range and the one cursor of a view. Everything that is shown follows it by subscription, so that moving
 * the cursor renders no component.
 */
export interface Timeline {
  readonly choice: Signal<RangeChoice>
  /** What is shown at the moment. */
  readonly range: Signal<TimeRange>
  /** The instant looked at: under the pointer, or else pinned; null for none. */
  readonly cursor: Signal<TimestampMs | null>
  readonly pinned: Signal<TimestampMs | null>
  /** Whether the cursor runs along by itself. */
  readonly playing: Watchable<boolean>
  /** The stretch that is being marked, to be zoomed to. */
  readonly selection: Signal<TimeRange | null>
  readonly plot: Signal<PlotBox>
  /** The instant whose values are shown: the cursor, or else the newest of the range. */
  instant(): TimestampMs
  /** What is shown, without the future; empty when all of it lies ahead. */
  past(): TimeRange
  /** Whether new values come into sight by themselves. */
  isFollowing(): boolean
  choose(choice: RangeChoice, move?: Move): void
  zoomTo(range: TimeRange, move?: Move): void
  zoomBy(factor: number, anchor?: number, move?: Move): void
  panBy(ms: number, move?: Move): void
  /** The range before (-1) or after (1); one that reaches now follows it from there. */
  turn(direction: -1 | 1): void
  /** Follows now, at a named length close to what is shown. */
  toNow(): void
  hover(t: number | null): void
  pin(t: number | null): void
  /** Takes the cursor along, whatever the pointer does; null lets go of it. */
  play(t: number | null): void
  /** Takes over what the address says, for example after Back; a choice of null leaves the range. */
  restore(state: ViewState): void
  setExtent(extent: Extent): void
  /** Moves on with the clock. */
  tick(): void
  /** @param watcher told when range or pin change by a person's doing. @returns what ends it */
  onMove(watcher: (move: Move) => void): () => void
}

export function createTimeline(options: {
  readonly now: () => number
  readonly extent: Extent
  readonly choice: RangeChoice
  readonly pinned: TimestampMs | null
}): Timeline {
  const { now } = options
  let extent = options.extent
  let hovered: TimestampMs | null = null
  const choice = createSignal<RangeChoice>(options.choice)
  const range = createSignal<TimeRange>(resolveRange(options.choice, now(), extent))
  let playhead: TimestampMs | null = null
  const playing = createSignal(false)
  const pinned = createSignal<TimestampMs | null>(options.pinned)
  const cursor = createSignal<TimestampMs | null>(options.pinned)
  const selection = createSignal<TimeRange | null>(null)
  const plot = createSignal<PlotBox>({ left: 0, width: 0 })
  const watchers = new Set<(move: Move) => void>()

  function tell(move: Move): void {
    for (const watcher of watchers) watcher(move)
  }

  function resolve(): void {
    const next = resolveRange(choice.get(), now(), extent)
    const shown = range.get()
    if (next.from !== shown.from || next.to !== shown.to) range.set(next)
  }

  function past(): TimeRange {
    const { from, to } = range.get()
    return { from, to: timestampMs(Math.max(from, Math.min(to, now()))) }
  }

  function choose(next: RangeChoice, move: Move = 'step'): void {
    choice.set(next)
    resolve()
    tell(move)
  }

  function zoomTo(next: TimeRange, move: Move = 'step'): void {
    choose({ kind: 'fixed', from: next.from, to: next.to }, move)
  }

  function setPinned(t: TimestampMs | null): void {
    pinned.set(t)
    // A pointer that rests somewhere doesn't hold the cursor back from where a key or a click sent it.
    hovered = null
    cursor.set(playhead ?? t)
  }

  return {
    choice,
    range,
    cursor,
    pinned,
    playing,
    selection,
    plot,
    past,
    instant: () => cursor.get() ?? past().to,
    isFollowing: () => choice.get().kind !== 'fixed',
    choose,
    zoomTo,
    zoomBy(factor, anchor, move = 'step') {
      const shown = range.get()
      const at = anchor ?? cursor.get()
      const inside = at !== null && contains(shown, at)
      zoomTo(zoomAt(shown, inside ? at : (shown.from + shown.to) / 2, factor), move)
    },
    panBy: (ms, move = 'gesture') => zoomTo(pan(range.get(), ms), move),
    turn(direction) {
      const shown = range.get()
      const next = neighbour(shown, direction)
      const span = namedSpanOf(shown)
      if (direction === 1 && span !== null && next.to >= now()) choose({ kind: 'following', span })
      else zoomTo(next)
    },
    toNow() {
      const shown = range.get()
      const length = shown.to - shown.from
      const spans = ['hour', 'day', 'week', 'month'] as const
      const span = spans.find((name) => now() - addSpan(now(), name, -1) >= length * 0.99) ?? 'year'
      setPinned(null)
      choose({ kind: 'following', span: namedSpanOf(shown) ?? span })
    },
    hover(t) {
      hovered = t === null ? null : timestampMs(t)
      cursor.set(playhead ?? hovered ?? pinned.get())
    },
    play(t) {
      playhead = t === null ? null : timestampMs(t)
      playing.set(t !== null)
      cursor.set(playhead ?? hovered ?? pinned.get())
    },
    pin(t) {
      setPinned(t === null ? null : timestampMs(t))
      tell('gesture')
    },
    restore(state) {
      setPinned(state.pinned)
      if (state.choice === null) return
      choice.set(state.choice)
      resolve()
    },
    setExtent(next) {
      extent = next
      if (choice.get().kind === 'all') resolve()
    },
    tick() {
      if (choice.get().kind === 'following') resolve()
    },
    onMove(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
