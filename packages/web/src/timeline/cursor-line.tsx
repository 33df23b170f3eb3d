import { useRef } from 'react'
import { formatInstant } from './format-time.ts'
import { contains, spanOf } from './range.ts'
import { toPixel } from './time-scale.ts'
import { useTimeline } from './timeline-context.ts'
import { useSignalEffect } from './use-signal.ts'

/** The cursor across all tracks, with its time at the bottom. Moves without rendering. */
export function CursorLine() {
  const timeline = useTimeline()
  const line = useRef<HTMLDivElement>(null)
  const flag = useRef<HTMLSpanElement>(null)

  useSignalEffect([timeline.cursor, timeline.range, timeline.plot], () => {
    if (line.current === null || flag.current === null) return
    const t = timeline.cursor.get()
    const range = timeline.range.get()
    const plot = timeline.plot.get()
    const isShown = t !== null && (contains(range, t) || t === range.to)
    line.current.hidden = !isShown
    if (!isShown) return
    const x = toPixel(t, range, plot)
    line.current.style.transform = `translateX(${Math.round(x)}px)`
    line.current.dataset['pinned'] = String(t === timeline.pinned.get())
    flag.current.textContent = formatInstant(t, spanOf(range))
    // The flag stays within the plot.
    const half = flag.current.offsetWidth / 2
    const shift = Math.min(0, plot.left + plot.width - x - half) + Math.max(0, half - x + 4)
    flag.current.style.transform = `translateX(calc(-50% + ${shift}px))`
  })

  return (
    <div
      ref={line}
      hidden
      aria-hidden="true"
      className="group pointer-events-none absolute inset-y-0 left-0 z-10 w-px bg-ink/60 data-[pinned=true]:bg-accent"
    >
      <span
        ref={flag}
        className="reading absolute bottom-0 left-0 rounded-sm bg-ink px-2 py-0.5 text-xs whitespace-nowrap text-canvas group-data-[pinned=true]:bg-accent group-data-[pinned=true]:text-on-accent"
      />
    </div>
  )
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
