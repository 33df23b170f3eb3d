import { useRef } from 'react'
import { setText } from '../design/set-text.ts'
import { formatInstant } from './format-time.ts'
import { contains, spanOf } from './range.ts'
import { toPixel } from './time-scale.ts'
import type { Timeline } from './timeline.ts'
import { useTimeline } from './timeline-context.ts'
import { useSignalEffect } from './use-signal.ts'

/** The cursor across all tracks. Moves without rendering. */
export function CursorLine() {
  const timeline = useTimeline()
  const line = useRef<HTMLDivElement>(null)

  useSignalEffect([timeline.cursor, timeline.range, timeline.plot], () => {
    if (line.current === null) return
    const x = cursorPixel(timeline)
    line.current.hidden = x === null
    if (x === null) return
    line.current.style.transform = `translateX(${x}px)`
    line.current.dataset['pinned'] = String(timeline.cursor.get() === timeline.pinned.get())
  })

  return (
    <div
      ref={line}
      hidden
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 left-0 z-10 w-px bg-ink/60 data-[pinned=true]:bg-accent"
    />
  )
}

/** The cursor's time, on the axis. */
export function CursorFlag() {
  const timeline = useTimeline()
  const flag = useRef<HTMLSpanElement>(null)

  useSignalEffect([timeline.cursor, timeline.range, timeline.plot], () => {
    if (flag.current === null) return
    const x = cursorPixel(timeline)
    const t = timeline.cursor.get()
    flag.current.hidden = x === null
    if (x === null || t === null) return
    setText(flag.current, formatInstant(t, spanOf(timeline.range.get())))
    flag.current.dataset['pinned'] = String(t === timeline.pinned.get())
    // It stays within the plot. Its width is left to the browser: asking for it here would cost a layout each time.
    const { left, width } = timeline.plot.get()
    flag.current.style.transform = `translateX(clamp(4px, ${x}px - 50%, ${left + width}px - 100%))`
  })

  return (
    <span
      ref={flag}
      hidden
      aria-hidden="true"
      className="reading pointer-events-none absolute [contain:layout_paint_style] bottom-0.5 left-0 rounded-sm bg-ink px-2 py-0.5 text-xs whitespace-nowrap text-canvas data-[pinned=true]:bg-accent data-[pinned=true]:text-on-accent"
    />
  )
}

/** Where the cursor is, in CSS pixels; null without one in sight. */
function cursorPixel(timeline: Timeline): number | null {
  const t = timeline.cursor.get()
  const range = timeline.range.get()
  if (t === null || !(contains(range, t) || t === range.to)) return null
  return Math.round(toPixel(t, range, timeline.plot.get()))
}

/** The stretch that is being marked. */
export function SelectionBox() {
  const timeline = useTimeline()
  const box = useRef<HTMLDivElement>(null)

  useSignalEffect([timeline.selection], () => {
    if (box.current === null) return
    const selection = timeline.selection.get()
    box.current.hidden = selection === null
    if (selection === null) return
    const range = timeline.range.get()
    const plot = timeline.plot.get()
    const from = toPixel(selection.from, range, plot)
    box.current.style.transform = `translateX(${from}px)`
    box.current.style.width = `${toPixel(selection.to, range, plot) - from}px`
  })

  return (
    <div
      ref={box}
      hidden
      aria-hidden="true"
      className="pointer-events-none absolute inset-y-0 left-0 z-10 border-x border-accent bg-accent/12"
    />
  )
}
