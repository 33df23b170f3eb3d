import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { ShownField } from '../../fields/field-view.ts'
import { formatInstant, formatRange } from '../format-time.ts'
import { type Extent, spanOf } from '../range.ts'
import { createSignal } from '../signal.ts'
import { useTimeline } from '../timeline-context.ts'
import { ZonePicker } from '../zone-picker.tsx'
import { useSignalEffect, useThrottled } from '../use-signal.ts'
import { OverviewCanvas } from './overview-canvas.tsx'
import { OverviewLabels } from './overview-labels.tsx'
import { pressOverviewKey } from './overview-keys.ts'
import { attachOverviewPointer } from './overview-pointer.ts'
import { overviewDomain, windowBox } from './overview-window.ts'
import { useOverview } from './use-overview.ts'
import { text } from '../texts.ts'

const READ_OUT_EVERY_MS = 300

export interface OverviewStripProps {
  /** Of all sensors. */
  readonly extent: Extent
  readonly fields: readonly ShownField[]
}

/** The whole history in one strip; the visible part is a window in it that can be moved and resized. */
export function OverviewStrip({ extent, fields }: OverviewStripProps) {
  const timeline = useTimeline()
  const overview = useOverview(fields)
  const strip = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const before = useRef<HTMLDivElement>(null)
  const after = useRef<HTMLDivElement>(null)
  const current = (): ReturnType<typeof overviewDomain> =>
    overviewDomain(extent, timeline.range.get(), timeline.isFollowing())
  const [domain] = useState(() => createSignal(current()))

  useSignalEffect([timeline.range, timeline.plot], () => {
    const next = current()
    const shown = domain.get()
    if (next.from !== shown.from || next.to !== shown.to) domain.set(next)
    const plot = timeline.plot.get()
    const { left, right } = windowBox(timeline.range.get(), next, plot)
    if (body.current !== null) {
      body.current.style.transform = `translateX(${left}px)`
      body.current.style.width = `${right - left}px`
    }
    if (before.current !== null) {
      before.current.style.transform = `translateX(${plot.left}px)`
      before.current.style.width = `${left - plot.left}px`
    }
    if (after.current !== null) {
      after.current.style.transform = `translateX(${right}px)`
      after.current.style.width = `${Math.max(0, plot.left + plot.width - right)}px`
    }
  })

  useEffect(() => {
    const element = strip.current
    return element === null ? undefined : attachOverviewPointer(element, timeline, domain.get)
  }, [timeline, domain])

  return (
    <div
      ref={strip}
      className="relative h-14 touch-pan-y overflow-hidden rounded-b-xl border-t border-line bg-surface pt-1 select-none data-[grip=body]:cursor-grab data-[grip=body]:active:cursor-grabbing data-[grip=end]:cursor-ew-resize data-[grip=start]:cursor-ew-resize"
    >
      <div className="absolute top-1 bottom-1 left-1 w-12">
        <ZonePicker />
      </div>
      <OverviewCanvas overview={overview} domain={domain} />
      <OverviewLabels domain={domain} />
      <div ref={before} aria-hidden="true" className={shade} />
      <div ref={after} aria-hidden="true" className={shade} />
      <div
        ref={body}
        className="pointer-events-none absolute top-0 left-0 h-[calc(100%-0.875rem)] rounded-sm border border-accent bg-accent/10"
      >
        <WindowSliders domain={domain.get} />
      </div>
    </div>
  )
}

const shade = 'pointer-events-none absolute top-0 left-0 h-[calc(100%-0.875rem)] bg-surface/55'

const parts = [
  {
    grip: 'body',
    label: 'windowBody',
    look: 'inset-0 rounded-sm',
  },
  {
    grip: 'start',
    label: 'windowStart',
    look: 'inset-y-1 -left-1 w-1.5 rounded-full bg-accent',
  },
  {
    grip: 'end',
    label: 'windowEnd',
    look: 'inset-y-1 -right-1 w-1.5 rounded-full bg-accent',
  },
] as const

/** The window for keyboards and screen readers. */
function WindowSliders({ domain }: { readonly domain: () => ReturnType<typeof overviewDomain> }) {
  const timeline = useTimeline()
  const range = useThrottled([timeline.range], timeline.range.get, READ_OUT_EVERY_MS)
  const whole = domain()

  function onKeyDown(event: KeyboardEvent, grip: (typeof parts)[number]['grip']): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (pressOverviewKey(timeline, domain(), grip, event.key, event.shiftKey)) event.preventDefault()
  }

  return parts.map(({ grip, label, look }) => {
    const at = { start: range.from, end: range.to, body: (range.from + range.to) / 2 }[grip]
    return (
      <div
        key={grip}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no input looks like a window over a history
        role="slider"
        tabIndex={0}
        aria-label={text(label)}
        aria-orientation="horizontal"
        aria-valuemin={whole.from}
        aria-valuemax={whole.to}
        aria-valuenow={Math.min(whole.to, Math.max(whole.from, at))}
        aria-valuetext={grip === 'body' ? formatRange(range) : formatInstant(at, spanOf(range))}
        onKeyDown={(event) => onKeyDown(event, grip)}
        className={`absolute ${look}`}
      />
    )
  })
}
