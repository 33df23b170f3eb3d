import { useMemo } from 'react'
import { fieldView } from '../fields/index.ts'
import type { ShownField } from '../fields/field-view.ts'
import { CursorFlag } from './cursor-line.tsx'
import { formatContext, formatInstant, formatTick } from './format-time.ts'
import { spanOf } from './range.ts'
import { toPixel } from './time-scale.ts'
import { contextSpans, contextUnit, tickStep, timeTicks } from './time-ticks.ts'
import { useSensors } from './sensors-context.ts'
import { useTimeline } from './timeline-context.ts'
import { exactValueAt } from './reading.ts'
import { useSeriesData } from './series-context.ts'
import { useInstants } from './use-instant.ts'
import { useSignal, useThrottled } from './use-signal.ts'
import { text as say } from './texts.ts'

/** How often what is read out follows the cursor. */
const READ_EVERY_MS = 100
/** Pixels that a tick's label needs. */
const LABEL_ROOM = 76
/** Half of a character's width, at most, and what is left of the plot's end. */
const HALF_CHARACTER = 3.4
const ROOM_BEHIND = 12
const LONG_CONTEXT_ROOM = 190
const SHORT_CONTEXT_ROOM = 48

export interface TimeAxisProps {
  readonly fields: readonly ShownField[]
}

/** The common time axis. As a slider it is the cursor for keyboards and screen readers. */
export function TimeAxis({ fields }: TimeAxisProps) {
  const timeline = useTimeline()
  const range = useSignal(timeline.range)
  const t = useThrottled([timeline.cursor, timeline.range], () => timeline.instant(), READ_EVERY_MS)
  const { values } = useInstants(useSensors().map(({ name }) => name))
  const { fields: series } = useSeriesData()
  const text = useMemo(() => {
    const readings = fields.flatMap(({ key, sensor, name, label, type, unit }) => {
      const view = fieldView(type)
      // What is only seen has nothing to read out.
      if (view.series === null) return []
      // The server's word may be that of the instant before.
      const said = values[sensor]?.fields[name]
      const value =
        exactValueAt(series[key], t) ?? (said !== undefined && said.timestamp <= t ? said.value : undefined)
      return value === undefined ? [] : [`${label} ${view.format(value, unit)}`]
    })
    return `${formatInstant(t, spanOf(range))}: ${readings.join(', ') || say('noValues')}`
  }, [t, values, series, fields, range])
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no input looks like a time axis
      role="slider"
      tabIndex={0}
      aria-label={say('timeCursor')}
      aria-orientation="horizontal"
      aria-valuemin={range.from}
      aria-valuemax={range.to}
      aria-valuenow={Math.min(range.to, Math.max(range.from, t))}
      aria-valuetext={text}
      data-drag="pan"
      data-wheel="zoom"
      className="sticky bottom-0 z-5 h-11 cursor-grab touch-pan-y overflow-hidden border-t border-line-strong bg-surface active:cursor-grabbing"
    >
      <Labels />
      <CursorFlag />
    </div>
  )
}

/** The axis of panels that are narrower than the view: only seen, and dragged to pan. */
export function PlainAxis() {
  return (
    <div
      data-drag="pan"
      data-wheel="zoom"
      className="relative h-11 cursor-grab touch-pan-y overflow-hidden border-t border-line active:cursor-grabbing"
    >
      <Labels />
    </div>
  )
}

function Labels() {
  const timeline = useTimeline()
  const range = useSignal(timeline.range)
  const plot = useSignal(timeline.plot)
  if (plot.width === 0) return null
  const step = tickStep(range, plot.width, LABEL_ROOM)
  const unit = contextUnit(step)
  return (
    <div aria-hidden="true" className="reading text-xs text-muted">
      {timeTicks(range, step).map((t) => {
        const x = toPixel(t, range, plot)
        const label = formatTick(t, step)
        return (
          <span key={t} className="absolute top-0 left-0" style={at(x)}>
            <span className="absolute left-0 h-1.5 w-px bg-line-strong" />
            {x + label.length * HALF_CHARACTER < plot.left + plot.width + ROOM_BEHIND && (
              <span className="absolute top-1.5 -translate-x-1/2 leading-4 whitespace-nowrap">{label}</span>
            )}
          </span>
        )
      })}
      {unit !== null &&
        contextSpans(range, unit).map(({ from, to }) => {
          const start = Math.max(plot.left, toPixel(from, range, plot))
          const room = Math.min(plot.left + plot.width, toPixel(to, range, plot)) - start
          return (
            room >= SHORT_CONTEXT_ROOM && (
              <span
                key={from}
                className="absolute top-6 left-0 border-l border-line-strong pl-1.5 leading-4 whitespace-nowrap text-ink first-of-type:border-transparent"
                style={at(start)}
              >
                {formatContext(from, unit, room >= LONG_CONTEXT_ROOM)}
              </span>
            )
          )
        })}
    </div>
  )
}

function at(x: number) {
  return { transform: `translateX(${Math.round(x)}px)` }
}
