import { setText } from '../../design/set-text.ts'
import { useMemo, useRef } from 'react'
import { readColor, useTheme } from '../../design/theme.ts'
import { formatDuration, formatRange } from '../../timeline/format-time.ts'
import { useSeriesData } from '../../timeline/series-context.ts'
import { toPixel } from '../../timeline/time-scale.ts'
import { useTimeline } from '../../timeline/timeline-context.ts'
import { useTrackScale } from '../../timeline/track-height.ts'
import { Track } from '../../timeline/track.tsx'
import { useSignalEffect, useThrottled } from '../../timeline/use-signal.ts'
import { FieldLabel } from '../field-label.tsx'
import type { PanelProps, ShownField } from '../field-view.ts'
import { formatBoolean } from './format-boolean.ts'
import { rasterise } from './rasterise.ts'
import { type StateSpan, stateSpans, timeOn } from './state-spans.ts'
import { readerLocale } from '../../i18n/language.ts'
import { text } from './texts.ts'

const HEIGHT = 22
const OFF_ALPHA = 0.14
const SUMMARISE_EVERY_MS = 500

/** States over time: a band each. */
export function BandTrack({ fields }: PanelProps) {
  return fields.map((field) => <Band key={field.key} field={field} />)
}

function Band({ field }: { readonly field: ShownField }) {
  const { fields, covers, before } = useSeriesData()
  const series = fields[field.key]
  const known = before[field.key]?.value
  const spans = useMemo(
    () =>
      series === undefined
        ? []
        : stateSpans(series, typeof known === 'boolean' ? known : null, covers.to, covers.from),
    [series, known, covers],
  )
  return (
    <Track header={<BandLegend field={field} spans={spans} />}>
      <BandCanvas field={field} spans={spans} />
    </Track>
  )
}

interface BandProps {
  readonly field: ShownField
  readonly spans: readonly StateSpan[]
}

/** The state at the cursor and how long it lasts; how much of the range was on. */
function BandLegend({ field, spans }: BandProps) {
  const timeline = useTimeline()
  const state = useRef<HTMLSpanElement>(null)
  const since = useRef<HTMLSpanElement>(null)
  const range = useThrottled([timeline.range], () => timeline.past(), SUMMARISE_EVERY_MS)
  const { on, known } = timeOn(spans, range.from, range.to)

  useSignalEffect([timeline.cursor, timeline.range], () => {
    if (state.current === null || since.current === null) return
    const t = timeline.instant()
    const span = spans.findLast(({ from, to }) => from <= t && t <= to)
    setText(state.current, span === undefined ? '–' : stateText(span.on))
    const isNew = span === undefined || t - span.from < 1000
    setText(since.current, isNew ? '' : text('lasting', { time: formatDuration(t - span.from) }))
  })

  return (
    <div className="flex h-7 max-w-full flex-1 items-center gap-2 px-1.5">
      <span
        aria-hidden="true"
        className="size-2.5 shrink-0 rounded-xs"
        style={{ backgroundColor: `var(${field.color})` }}
      />
      <FieldLabel field={field} className="text-muted" />
      <span ref={state} className="reading font-medium whitespace-nowrap" />
      <span ref={since} className="reading text-xs whitespace-nowrap text-muted" />
      {known > 0 && (
        <span className="reading ml-auto text-xs whitespace-nowrap text-muted">
          <span className="sr-only">{`${formatRange(range)}: `}</span>
          {text('shareOn', { share: share(on / known) })}
        </span>
      )}
    </div>
  )
}

function stateText(on: number): string {
  return on === 0 || on === 1 ? formatBoolean(on === 1) : text('share', { share: share(on) })
}

function share(part: number): string {
  return new Intl.NumberFormat(readerLocale(), {
    style: 'percent',
    maximumFractionDigits: part < 0.1 ? 1 : 0,
  }).format(part)
}

function BandCanvas({ field, spans }: BandProps) {
  const timeline = useTimeline()
  const { shown: theme } = useTheme()
  const canvas = useRef<HTMLCanvasElement>(null)
  const color = useRef<{ theme: string; value: string }>(null)
  const high = Math.round(HEIGHT * useTrackScale())

  useSignalEffect([timeline.range, timeline.plot], () => {
    const context = canvas.current?.getContext('2d')
    if (canvas.current === null || context === null || context === undefined) return
    if (color.current?.theme !== theme) color.current = { theme, value: readColor(field.color) }
    const plot = timeline.plot.get()
    const range = timeline.range.get()
    const ratio = devicePixelRatio
    const [width, height] = [Math.round(plot.width * ratio), Math.round(high * ratio)]
    if (canvas.current.width !== width || canvas.current.height !== height) {
      canvas.current.width = width
      canvas.current.height = height
      canvas.current.style.width = `${plot.width}px`
      canvas.current.style.marginLeft = `${plot.left}px`
    }
    context.clearRect(0, 0, width, height)
    context.fillStyle = color.current.value
    // Nothing is known of the future.
    const until = timeline.past().to
    const seen = spans.map((span) => (span.to > until ? { ...span, to: Math.max(span.from, until) } : span))
    const shades = rasterise(seen, width, (t) => (toPixel(t, range, plot) - plot.left) * ratio)
    for (const { from, to, on } of shades) {
      context.globalAlpha = OFF_ALPHA + (1 - OFF_ALPHA) * on
      // Off is a low line, on a full band: told apart without colour, too.
      const top = on === 0 ? height * 0.7 : 0
      context.fillRect(from, top, to - from, height - top)
    }
  })

  return (
    <div data-drag="zoom" className="touch-pan-y cursor-crosshair pb-1.5">
      <canvas ref={canvas} aria-hidden="true" className="block" style={{ height: high }} />
    </div>
  )
}
